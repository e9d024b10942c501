import { eventually } from '@innkeeper/local-stack/testing/eventually';
import { answerMessageId } from '../../src/answer-message-id.ts';
import { BOT, TOKEN } from './surroundings.ts';
import { ASKED_AT } from './world.ts';

/** Rocket.Chat's side of a conversation: what people do there, the body its webhook sends, and what stands in a room. */
export interface ChatMessage {
  readonly _id: string;
  readonly rid: string;
  readonly msg: string;
  readonly tmid?: string;
  /** By `:emoji:`. */
  readonly reactions?: Readonly<Record<string, object>>;
}

export const ASKER = { userId: 'askerUserId000001', username: 'frida' };

export async function control(chatUrl: string, method: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${chatUrl}/_control/${path}`, { method, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

export const addRoom = (
  chatUrl: string,
  id: string,
  t: 'c' | 'p' | 'd' | 'l',
  memberIds = [BOT.userId],
): Promise<void> => control(chatUrl, 'PUT', `rooms/${id}`, { t, memberIds, ...(t === 'd' ? {} : { name: id }) });

/** Body of the outgoing webhook for a message in a named room; `channel_name: undefined` makes it a direct one. */
export const webhookBody = (messageId: string, text: string, more: object = {}): Record<string, unknown> => ({
  token: TOKEN,
  bot: false,
  channel_id: 'general',
  channel_name: 'general',
  message_id: messageId,
  timestamp: ASKED_AT,
  user_id: ASKER.userId,
  user_name: ASKER.username,
  text,
  siteUrl: 'https://chat.example.com',
  ...more,
});

export const postJson = (url: string, body: unknown): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export async function message(chatUrl: string, messageId: string): Promise<ChatMessage | undefined> {
  const response = await fetch(`${chatUrl}/api/v1/chat.getMessage?msgId=${encodeURIComponent(messageId)}`, {
    headers: { 'x-user-id': BOT.userId, 'x-auth-token': BOT.authToken },
  });
  const body = (await response.json()) as { success: boolean; message?: ChatMessage };
  return body.message;
}

/** The answer to a question, as soon as it stands in the chat (and, if asked for, says what is awaited). */
export async function answerTo(
  chatUrl: string,
  questionId: string,
  isAwaited: (text: string) => boolean = () => true,
): Promise<ChatMessage> {
  const id = await answerMessageId(questionId, 0);
  const found = await eventually(
    () => message(chatUrl, id),
    answer => answer !== undefined && isAwaited(answer.msg),
  );
  if (found === undefined) throw new Error('no answer');
  return found;
}

/** What stands in a room. */
export async function roomMessages(
  chatUrl: string,
  roomId: string,
  kind: 'channels' | 'groups' | 'dm' = 'channels',
): Promise<ChatMessage[]> {
  const response = await fetch(`${chatUrl}/api/v1/${kind}.messages?roomId=${roomId}&count=0`, {
    headers: { 'x-user-id': BOT.userId, 'x-auth-token': BOT.authToken },
  });
  return ((await response.json()) as { messages: ChatMessage[] }).messages;
}
