import * as z from 'zod';
import type { StandInReply } from './stand-in-server.ts';

/** Answers a control: what is not of its form is said in words, and what `act` resolves with is the body. */
export async function answerControl<T>(
  schema: z.ZodType<T>,
  json: unknown,
  act: (value: T) => Promise<object> | object | undefined,
): Promise<StandInReply> {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } };
  return { status: 200, body: (await act(parsed.data)) ?? { ok: true } };
}
