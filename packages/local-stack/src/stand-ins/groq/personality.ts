import * as z from 'zod';
import { LIES, type LieName } from './write-message.ts';

/** How the model behaves, switched by `POST /_control/personality`. */
export const Personality = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('honest') }),
  /** One lie by name, or all of them in turn, beginning at `seed`. */
  z.strictObject({
    mode: z.literal('lying'),
    lie: z.enum(LIES as readonly [LieName, ...LieName[]]).optional(),
    seed: z.int().nonnegative().default(0),
  }),
  /** Carries out whatever order it finds in a source or in the question. */
  z.strictObject({ mode: z.literal('obedient') }),
  /** 503, as when the vendor is overloaded. */
  z.strictObject({ mode: z.literal('down') }),
  /** Honest, but late. */
  z.strictObject({ mode: z.literal('slow'), delayMs: z.int().positive().default(30_000) }),
  z.strictObject({ mode: z.literal('rate_limited'), retryAfterSeconds: z.int().positive().default(8) }),
  /** The model asked for is gone from today. */
  z.strictObject({ mode: z.literal('retired') }),
  /** Calls a tool that nobody gave it, which Groq answers for it with a 400. */
  z.strictObject({ mode: z.literal('tool_calling') }),
  /** A proxy's page instead of an answer. */
  z.strictObject({ mode: z.literal('html') }),
]);
export type Personality = z.infer<typeof Personality>;

/** The lie for the nth completion under this personality. */
export function lieOf(personality: Extract<Personality, { mode: 'lying' }>, turn: number): LieName {
  const cycled = LIES[(personality.seed + turn) % LIES.length];
  if (cycled === undefined) throw new Error('there are no lies');
  return personality.lie ?? cycled;
}
