import { CHAT_REPLAY_ATTRIBUTE, ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { whereWrong } from '../where-wrong.ts';

/** One Pub/Sub push: the message with its data as text, not yet understood. */
export interface Push {
  readonly messageId: string;
  readonly publishedAt: Date;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Id of the push that was parked, where this one brings its change once more. */
  readonly replayOf: string | undefined;
}

const Envelope = z.object({
  message: z.object({
    messageId: z.string().min(1),
    publishTime: z.iso.datetime({ offset: true }),
    data: z.base64().default(''),
    attributes: z.record(z.string(), z.string()).default({}),
  }),
});

export interface Undecodable<Kind extends string> {
  readonly kind: Kind;
  readonly detail: string;
}

/** The wrapped body of a push request. */
export function decodePush(body: unknown): Result<Push, Undecodable<'undecodable_push'>> {
  const parsed = Envelope.safeParse(body);
  if (!parsed.success) return err({ kind: 'undecodable_push', detail: whereWrong(parsed.error) });
  const { messageId, publishTime, data, attributes } = parsed.data.message;
  return ok({
    messageId,
    publishedAt: new Date(publishTime),
    text: Buffer.from(data, 'base64').toString('utf8'),
    attributes,
    replayOf: attributes[CHAT_REPLAY_ATTRIBUTE],
  });
}

export function decodeChange(text: string): Result<ChatChange, Undecodable<'undecodable_change'>> {
  const parsed = ChatChange.safeParse(parseJson(text));
  return parsed.success
    ? ok(parsed.data)
    : err({ kind: 'undecodable_change', detail: whereWrong(parsed.error) || 'not JSON' });
}

/** `undefined`, which is no change either, where it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
