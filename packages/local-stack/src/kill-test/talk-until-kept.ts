import { setTimeout as delay } from 'node:timers/promises';
import type { StackFile } from '../supervisor/stack-file.ts';
import type { Talk } from './build-load.ts';

/** Somebody who writes, edits and deletes in the team chat, each step again until Rocket.Chat has taken it. */
export interface Talker {
  readonly id: string;
  readonly authToken: string;
  readonly roomId: string;
}

const RETRY_MS = 200;
const PATIENCE_MS = 60_000;
const ANSWER_MS_MAX = 5_000;

/** One step of one message after the other. Rejects when a step is not taken in a minute. */
export async function talkUntilKept(
  chat: StackFile['components']['rocketchat'],
  talker: Talker,
  talks: readonly Talk[],
): Promise<void> {
  for (const { messageId, said, edited, isDeleted } of talks) {
    const { roomId } = talker;
    await call(chat, talker, 'chat.sendMessage', { message: { _id: messageId, rid: roomId, msg: said } });
    if (edited !== undefined) await call(chat, talker, 'chat.update', { roomId, msgId: messageId, text: edited });
    if (isDeleted) await call(chat, talker, 'chat.delete', { roomId, msgId: messageId }, isGone);
  }
}

/** A deletion whose answer was lost with the process is refused when it is asked for again. */
const isGone = (reply: string): boolean => /no message|not.found/iu.test(reply);

async function call(
  { url }: StackFile['components']['rocketchat'],
  { id, authToken }: Talker,
  operation: string,
  body: object,
  isDone: (reply: string) => boolean = () => false,
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  let last = 'no answer';
  while (performance.now() < deadline) {
    try {
      const response = await fetch(`${url}/api/v1/${operation}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-user-id': id, 'x-auth-token': authToken },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      });
      const reply = await response.text();
      if (response.ok || isDone(reply)) return;
      last = `status ${response.status}`;
    } catch (error) {
      last = error instanceof Error ? error.message : 'the connection failed'; // Killed this very moment, perhaps.
    }
    await delay(RETRY_MS);
  }
  throw new Error(`${operation} was not taken within ${PATIENCE_MS / 1000} s: ${last}`);
}
