import { setTimeout as pause } from 'node:timers/promises';
import { answerMessageId } from '@innkeeper/llm-query/answer-message-id';
import * as z from 'zod';
import { directRoomId, FRIDA, FRONT_DESK, PEOPLE, type Person, ROOMS, type Room } from './cast.ts';

/**
 * The team's chat as its people use it: they write into rooms of the Rocket.Chat stand-in, which sends its outgoing
 * webhook like the real one and keeps everything in MongoDB, and they read what the assistant posts.
 */
export interface TeamChatStage {
  /** Writes to the assistant and waits for its answer; all its parts, joined by line breaks. */
  ask(question: AskedQuestion): Promise<Answered>;
  /** Changes the words of a question already asked and waits until the answer has changed, too. */
  edit(messageId: string, text: string, before: string): Promise<Answered>;
  /** Makes a room with its people and the assistant in it. */
  openRoom(room: Room): Promise<void>;
  /** What stands in a room that Frida is in, the oldest first. */
  read(room: Room): Promise<readonly string[]>;
  /** Writes to the others; answers the message's id. */
  say(by: Person, room: Room, text: string): Promise<string>;
  /** Changes what was said. */
  reword(by: Person, room: Room, messageId: string, text: string): Promise<void>;
  /** Deletes what was said. */
  retract(by: Person, room: Room, messageId: string): Promise<void>;
  /** `emoji` with colons, on the first part of the answer to a question. */
  react(by: Person, questionId: string, emoji: string): Promise<void>;
}

export interface AskedQuestion {
  readonly text: string;
  /** Message id of the first question of the thread. */
  readonly threadId?: string;
  /** The message's own time, when it is not now. */
  readonly at?: Date;
  readonly direct?: boolean;
  /** Frida, unless said otherwise. */
  readonly by?: Person;
  /** The front desk, unless said otherwise. */
  readonly room?: Room;
}

export interface Answered {
  readonly messageId: string;
  readonly text: string;
  readonly milliseconds: number;
}

const POLL_MS = 15;
/** The product promises a reply within 8 seconds; what has not come by then counts as missing. */
const PATIENCE_MS = 10_000;

const Message = z.object({ message: z.object({ msg: z.string() }) });
const Messages = z.object({ messages: z.array(z.object({ msg: z.string() })) });

export async function enterTeamChat(options: {
  url: string;
  botUserId: string;
  botUsername: string;
}): Promise<TeamChatStage> {
  const { url, botUserId, botUsername } = options;
  const control = (path: string, method: string, body: object) => sendJson(`${url}/_control/${path}`, method, body);
  const api = (by: Person, call: string, body: object) =>
    sendJson(`${url}/api/v1/${call}`, 'POST', body, { 'x-user-id': by.id, 'x-auth-token': by.token });
  for (const { id, username, name, token } of PEOPLE) {
    await control(`users/${id}`, 'PUT', { username, name, roles: ['user'], authToken: token });
  }
  const openRoom = ({ id, type, name, people }: Room): Promise<void> =>
    control(`rooms/${id}`, 'PUT', { t: type, name, memberIds: [...people.map(person => person.id), botUserId] });
  for (const room of ROOMS) await openRoom(room);
  for (const { id, username } of PEOPLE) {
    const usernames = [username, botUsername];
    await control(`rooms/${directRoomId(id, botUserId)}`, 'PUT', { t: 'd', memberIds: [id, botUserId], usernames });
  }

  const read = async (by: Person, messageId: string): Promise<string | undefined> => {
    const reply = await fetch(`${url}/api/v1/chat.getMessage?msgId=${messageId}`, {
      headers: { 'x-user-id': by.id, 'x-auth-token': by.token },
    });
    const parsed = Message.safeParse(await reply.json());
    return parsed.success ? parsed.data.message.msg : undefined;
  };
  const readAnswer = async (by: Person, questionId: string): Promise<string | undefined> => {
    const parts: string[] = [];
    for (let part = 0; ; part += 1) {
      const text = await read(by, await answerMessageId(questionId, part));
      if (text === undefined) return parts.length === 0 ? undefined : parts.join('\n');
      parts.push(text);
    }
  };
  const waitFor = async (
    by: Person,
    questionId: string,
    since: number,
    isNew: (text: string) => boolean,
  ): Promise<Answered> => {
    while (performance.now() - since < PATIENCE_MS) {
      const text = await readAnswer(by, questionId);
      if (text !== undefined && isNew(text)) {
        return { messageId: questionId, text, milliseconds: Math.round(performance.now() - since) };
      }
      await pause(POLL_MS);
    }
    return { messageId: questionId, text: '(no answer came)', milliseconds: Math.round(performance.now() - since) };
  };

  let written = 0;
  const nextId = (kind: 'q' | 'm'): string => {
    written += 1;
    return `${kind}${String(written).padStart(3, '0')}${Date.now().toString(36)}demo`;
  };
  return {
    async ask({ text, threadId, at, direct, by = FRIDA, room = FRONT_DESK }) {
      const messageId = nextId('q');
      const since = performance.now();
      await control('messages', 'POST', {
        userId: by.id,
        roomId: direct ? directRoomId(by.id, botUserId) : room.id,
        text: direct || threadId !== undefined ? text : `@${botUsername} ${text}`,
        messageId,
        ...(threadId === undefined ? {} : { threadId }),
        ...(at === undefined ? {} : { ts: at.toISOString() }),
      });
      return waitFor(by, messageId, since, () => true);
    },
    async edit(messageId, text, before) {
      const since = performance.now();
      await control('edits', 'POST', { userId: FRIDA.id, messageId, text: `@${botUsername} ${text}` });
      return waitFor(FRIDA, messageId, since, answer => answer !== before);
    },
    openRoom,
    async read(room) {
      const reply = await fetch(`${url}/api/v1/channels.messages?roomId=${room.id}&count=50`, {
        headers: { 'x-user-id': FRIDA.id, 'x-auth-token': FRIDA.token },
      });
      return Messages.parse(await reply.json())
        .messages.map(({ msg }) => msg)
        .toReversed();
    },
    async say(by, room, text) {
      const messageId = nextId('m');
      await api(by, 'chat.sendMessage', { message: { _id: messageId, rid: room.id, msg: text } });
      return messageId;
    },
    reword: (by, room, messageId, text) => api(by, 'chat.update', { roomId: room.id, msgId: messageId, text }),
    retract: (by, room, messageId) => api(by, 'chat.delete', { roomId: room.id, msgId: messageId }),
    react: async (by, questionId, emoji) =>
      api(by, 'chat.react', { messageId: await answerMessageId(questionId, 0), emoji, shouldReact: true }),
  };
}

export async function sendJson(
  url: string,
  method: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const reply = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${method} ${new URL(url).pathname} answered ${reply.status}: ${await reply.text()}`);
}
