import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { answerMessageId } from '@innkeeper/llm-query/answer-message-id';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { StackFile } from '../supervisor/stack-file.ts';

/**
 * Asks a running stack over HTTP only. In the Rocket.Chat stand-in the question is written as a message, and the
 * stand-in calls the webhook like the real one; where Rocket.Chat is the real one, the webhook is called in its name.
 */
export interface ChatQuestion {
  readonly question: string;
  readonly username: string;
  /** Name of a channel; `undefined` asks in a direct message. */
  readonly room: string | undefined;
}

/** The answer is due within eight seconds; a machine that has just started gets longer. */
const ANSWER_MS_MAX = 30_000;
const POLL_MS = 50;
/** Parts are posted right after one another. */
const NEXT_PART_MS_MAX = 500;

type Rocketchat = StackFile['components']['rocketchat'];

/** The parts of the answer, or a sentence about why there is none. */
export async function askInChat(stack: StackFile, asked: ChatQuestion): Promise<Result<string[], string>> {
  const { rocketchat } = stack.components;
  const { botUserId, botUsername } = stack.endpoints.rocketchatQuestion;
  const messageId = `ask${randomBytes(7).toString('hex')}`; // 17 characters, like Rocket.Chat's own
  const text = asked.room === undefined ? asked.question : `@${botUsername} ${asked.question}`;
  const place = await findPlace(rocketchat, asked, { id: botUserId, username: botUsername });
  if (!place.ok) return place;

  const said = rocketchat.standIn
    ? await send(`${rocketchat.url}/_control/messages`, 'POST', { ...place.value, text, messageId })
    : await callWebhook(stack, asked, place.value, text, messageId);
  if (!said.ok) return err(`The question was not taken: status ${said.status}.`);

  const parts: string[] = [];
  for (;;) {
    const patienceMs = parts.length === 0 ? ANSWER_MS_MAX : NEXT_PART_MS_MAX;
    const part = await waitForMessage(rocketchat, await answerMessageId(messageId, parts.length), patienceMs);
    if (part === undefined) break;
    parts.push(part);
  }
  return parts.length > 0
    ? ok(parts)
    : err(`No answer came within ${ANSWER_MS_MAX / 1000} s. ./dev status tells more.`);
}

interface Place {
  readonly userId: string;
  readonly roomId: string;
}

/** The asker and the room, by name. Whoever is missing in the stand-in is made there. */
async function findPlace(
  rocketchat: Rocketchat,
  { username, room }: ChatQuestion,
  bot: { readonly id: string; readonly username: string },
): Promise<Result<Place, string>> {
  const user = await get(rocketchat, `users.info?username=${encodeURIComponent(username)}`);
  const userId = UserInfo.safeParse(user).data?.user._id ?? (rocketchat.standIn ? idOf('user', username) : undefined);
  if (userId === undefined) return err(`Rocket.Chat knows no user ${username}.`);
  const known =
    room === undefined ? undefined : await get(rocketchat, `rooms.info?roomName=${encodeURIComponent(room)}`);
  const roomId = RoomInfo.safeParse(known).data?.room._id;
  if (roomId !== undefined && user !== undefined) return ok({ userId, roomId });
  if (!rocketchat.standIn) return err(`Rocket.Chat shows the assistant no room ${room ?? 'for direct messages'}.`);

  const made: Place = { userId, roomId: roomId ?? idOf('room', room ?? `direct ${username}`) };
  await send(`${rocketchat.url}/_control/users/${userId}`, 'PUT', { username, name: username });
  if (roomId === undefined) {
    const people = { memberIds: [userId, bot.id] };
    const body =
      room === undefined
        ? { t: 'd', ...people, usernames: [username, bot.username] }
        : { t: 'c', name: room, ...people };
    await send(`${rocketchat.url}/_control/rooms/${made.roomId}`, 'PUT', body);
  }
  return ok(made);
}

/** The body of Rocket.Chat's outgoing webhook. */
async function callWebhook(stack: StackFile, asked: ChatQuestion, place: Place, text: string, messageId: string) {
  const { url, token } = stack.endpoints.rocketchatQuestion;
  return send(url, 'POST', {
    token,
    bot: false,
    channel_id: place.roomId,
    ...(asked.room === undefined ? {} : { channel_name: asked.room }),
    message_id: messageId,
    timestamp: new Date().toISOString(),
    user_id: place.userId,
    user_name: asked.username,
    text,
    siteUrl: stack.components.rocketchat.url,
  });
}

const UserInfo = z.object({ user: z.object({ _id: z.string() }) });
const RoomInfo = z.object({ room: z.object({ _id: z.string() }) });
const ChatMessage = z.object({ message: z.object({ msg: z.string() }) });

async function waitForMessage(chat: Rocketchat, messageId: string, patienceMs: number): Promise<string | undefined> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    const message = ChatMessage.safeParse(await get(chat, `chat.getMessage?msgId=${messageId}`));
    if (message.success) return message.data.message.msg;
    await delay(POLL_MS);
  }
  return undefined;
}

/** The body of a 2xx answer of Rocket.Chat's REST API, asked as the bot. */
async function get(chat: Rocketchat, path: string): Promise<unknown> {
  const response = await fetch(`${chat.url}/api/v1/${path}`, {
    headers: { 'x-user-id': chat.userId, 'x-auth-token': chat.authToken },
  });
  const body: unknown = await response.json();
  return response.ok ? body : undefined;
}

async function send(url: string, method: 'POST' | 'PUT', body: object): Promise<Response> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response;
}

/** Derived, so that the same person in the same room is the same in the next question. */
const idOf = (kind: string, name: string): string =>
  createHash('sha256').update(`${kind} ${name}`).digest('hex').slice(0, 17);
