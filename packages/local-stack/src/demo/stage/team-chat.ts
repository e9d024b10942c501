import { setTimeout as pause } from 'node:timers/promises';
import { answerMessageId } from '@innkeeper/llm-query/answer-message-id';
import * as z from 'zod';

/**
 * The team's chat as its people use it: they write into rooms of the Rocket.Chat stand-in, which sends its outgoing
 * webhook like the real one, and read what the assistant posts.
 */
export interface TeamChatStage {
  /** Writes as `person` and waits for the assistant's answer; all its parts, joined by line breaks. */
  ask(question: AskedQuestion): Promise<Answered>;
  /** Changes the words of a question already asked and waits until the answer has changed, too. */
  edit(messageId: string, text: string, before: string): Promise<Answered>;
}

export interface AskedQuestion {
  readonly text: string;
  /** Message id of the first question of the thread. */
  readonly threadId?: string;
  /** The message's own time, when it is not now. */
  readonly at?: Date;
  readonly direct?: boolean;
}

export interface Answered {
  readonly messageId: string;
  readonly text: string;
  readonly milliseconds: number;
}

export const PERSON = { id: 'fRidA00000000demo', username: 'frida', name: 'Frida' };
export const ROOM = { id: 'fRoNtDeSk0000demo', name: 'front-desk' };
const PERSON_TOKEN = 'personal-token-of-frida';
const DIRECT_ROOM = 'dIrEcTrOoM000demo';
const POLL_MS = 15;
/** The product promises a reply within 8 seconds; what has not come by then counts as missing. */
const PATIENCE_MS = 10_000;

const Message = z.object({ message: z.object({ msg: z.string() }) });

export async function enterTeamChat(options: {
  url: string;
  botUserId: string;
  botUsername: string;
}): Promise<TeamChatStage> {
  const { url, botUserId, botUsername } = options;
  const control = (path: string, method: string, body: object) => sendJson(`${url}/_control/${path}`, method, body);
  await control(`users/${PERSON.id}`, 'PUT', { ...PERSON, roles: ['user'], authToken: PERSON_TOKEN });
  await control(`rooms/${ROOM.id}`, 'PUT', { t: 'c', name: ROOM.name, memberIds: [PERSON.id, botUserId] });
  await control(`rooms/${DIRECT_ROOM}`, 'PUT', {
    t: 'd',
    memberIds: [PERSON.id, botUserId],
    usernames: [PERSON.username, botUsername],
  });

  const read = async (messageId: string): Promise<string | undefined> => {
    const reply = await fetch(`${url}/api/v1/chat.getMessage?msgId=${messageId}`, {
      headers: { 'x-user-id': PERSON.id, 'x-auth-token': PERSON_TOKEN },
    });
    const parsed = Message.safeParse(await reply.json());
    return parsed.success ? parsed.data.message.msg : undefined;
  };
  const readAnswer = async (questionId: string): Promise<string | undefined> => {
    const parts: string[] = [];
    for (let part = 0; ; part += 1) {
      const text = await read(await answerMessageId(questionId, part));
      if (text === undefined) return parts.length === 0 ? undefined : parts.join('\n');
      parts.push(text);
    }
  };
  const waitFor = async (questionId: string, since: number, isNew: (text: string) => boolean): Promise<Answered> => {
    while (performance.now() - since < PATIENCE_MS) {
      const text = await readAnswer(questionId);
      if (text !== undefined && isNew(text)) {
        return { messageId: questionId, text, milliseconds: Math.round(performance.now() - since) };
      }
      await pause(POLL_MS);
    }
    return { messageId: questionId, text: '(no answer came)', milliseconds: Math.round(performance.now() - since) };
  };

  let asked = 0;
  return {
    async ask({ text, threadId, at, direct }) {
      asked += 1;
      const messageId = `q${String(asked).padStart(2, '0')}${Date.now().toString(36)}demo`;
      const since = performance.now();
      await control('messages', 'POST', {
        userId: PERSON.id,
        roomId: direct ? DIRECT_ROOM : ROOM.id,
        text: direct || threadId !== undefined ? text : `@${botUsername} ${text}`,
        messageId,
        ...(threadId === undefined ? {} : { threadId }),
        ...(at === undefined ? {} : { ts: at.toISOString() }),
      });
      return waitFor(messageId, since, () => true);
    },
    async edit(messageId, text, before) {
      const since = performance.now();
      await control('edits', 'POST', { userId: PERSON.id, messageId, text: `@${botUsername} ${text}` });
      return waitFor(messageId, since, answer => answer !== before);
    },
  };
}

export async function sendJson(url: string, method: string, body: object): Promise<void> {
  const reply = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${method} ${new URL(url).pathname} answered ${reply.status}: ${await reply.text()}`);
}
