import type { PointPayload } from '@innkeeper/shared/contracts/point-payload';
import { createLog } from '@innkeeper/shared/log/log';
import type { DocumentFields } from '@innkeeper/shared/ports/document-store';
import type { VectorStoreError } from '@innkeeper/shared/ports/vector-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { buildPayload } from '@innkeeper/shared/testing/build-point';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryTeamChat } from '@innkeeper/shared/testing/in-memory-team-chat';
import { scriptedLanguageModel } from '@innkeeper/shared/testing/scripted-language-model';
import { beforeEach, describe, expect, test } from 'vitest';
import { sqliteStorage } from '../../test/support/sqlite-storage.ts';
import { ASKED_AT, world } from '../../test/support/world.ts';
import { linksTo } from '../compose/links.ts';
import { DeliveryLog } from '../deliver/delivery-log.ts';
import { OutgoingWebhook, utteranceOf } from '../payload.ts';
import { AssistantScopes } from '../scopes.ts';
import type { OfferedQuestion } from './offered-question.ts';
import { QuestionLog } from './question-log.ts';
import { createRoomTypes } from './room-types.ts';
import { type SettlePorts, settleQuestion } from './settle-question.ts';

let nowMs: number;
let log: QuestionLog;
let chat: ReturnType<typeof inMemoryTeamChat>;
let documents: ReturnType<typeof inMemoryDocumentStore>;
let ports: SettlePorts;
let vectorsFail: VectorStoreError | undefined;
let beforeReading: () => void;

beforeEach(async () => {
  nowMs = Date.parse(ASKED_AT);
  const now = (): number => nowMs;
  log = new QuestionLog(sqliteStorage());
  chat = inMemoryTeamChat();
  chat.addRoom('general', 'public');
  chat.addRoom('livechat', 'livechat');
  documents = inMemoryDocumentStore();
  vectorsFail = undefined;
  beforeReading = () => undefined;
  const put = await documents.commit(
    world.map(record => ({
      op: 'set',
      path: `records/${record.key}`,
      fields: JSON.parse(JSON.stringify(record)) as DocumentFields,
    })),
  );
  if (!put.ok) throw new Error(put.error.detail);
  const arrival = {
    v: 1 as const,
    docKey: 'guesty:reservation:r-HMX1',
    kind: 'reservation' as const,
    source: 'guesty',
    srcVersion: 1,
    chunk: 0,
    chunks: 1,
    title: '',
    text: '',
    deleted: false,
    listingIds: ['l-garden'],
    guestNames: ['Mia Larsen'],
    dense: false,
  };
  ports = {
    now,
    random: () => 1,
    log: createLog('test', () => undefined),
    chat,
    documents,
    deliveries: new DeliveryLog(sqliteStorage()),
    roomTypes: createRoomTypes(chat, now),
    vectors: {
      scrollAll: () => {
        beforeReading();
        return Promise.resolve<Result<PointPayload[], VectorStoreError>>(
          vectorsFail === undefined ? ok([arrival]) : err(vectorsFail),
        );
      },
      hybridSearch: () => Promise.resolve(ok([])),
    },
    embedder: { model: 'none', dimensions: 1, embed: () => Promise.resolve(err({ kind: 'unavailable', detail: '' })) },
    model: scriptedLanguageModel(() => ({ fails: { kind: 'unavailable', detail: '' } })),
    scopes: AssistantScopes.parse({ rooms: { '*': 'full' } }),
    botUsername: 'innkeeper',
    botUserId: 'bot',
    words: [],
    links: linksTo({ guestyApp: 'https://g.example', aircallApp: 'https://a.example' }),
  };
});

const offered = (text: string, more: object = {}): OfferedQuestion => ({
  utterance: utteranceOf(
    OutgoingWebhook.parse({
      bot: false,
      channel_id: 'general',
      channel_name: 'general',
      message_id: 'q',
      timestamp: ASKED_AT,
      user_id: 'u1',
      user_name: 'frida',
      text,
      ...more,
    }),
  ),
  by: 'mention',
  question: text,
  textHash: text,
  acceptedAt: nowMs,
});

/** One round of the alarm at the present moment; true while something is left to do later. */
async function work(): Promise<boolean> {
  for (;;) {
    const due = log.nextDue(nowMs);
    if (due === undefined) return log.nextDueAt() !== undefined;
    await settleQuestion(due, log, ports);
  }
}
const later = (ms: number): void => {
  nowMs += ms;
};
const texts = (): string[] => chat.messages.map(({ text }) => text.split('\n')[0] ?? '');
const arrivals = '*Checking in today* (Sat 21 Nov): 1 arrival';

describe('a question', () => {
  test('is answered, its words forgotten, its context kept', async () => {
    expect(log.offer(offered('who is checking in today?'))).toBe('new');
    expect(await work()).toBe(false);
    expect(texts()).toEqual([arrivals]);
    expect(log.open('q')).toBeUndefined();
    expect(log.context()?.plan.kind).toBe('arrivals');
    expect(log.offer(offered('who is checking in today?'))).toBe('repeat');
  });

  test('waits for a store that is down, says so, and the answer takes the place of that', async () => {
    vectorsFail = { kind: 'unavailable', detail: 'down' };
    log.offer(offered('who is checking in today?'));
    expect(await work()).toBe(true);
    expect(texts()).toEqual([]);
    for (const wait of [500, 1_000, 2_000, 4_000]) {
      later(wait);
      await work();
    }
    expect(texts()).toEqual([expect.stringContaining('I keep trying')]);
    vectorsFail = undefined;
    later(30_000);
    expect(await work()).toBe(false);
    expect(texts()).toEqual([arrivals]);
  });

  test('nobody could answer for a day is given up with a sentence', async () => {
    vectorsFail = { kind: 'misconfigured', detail: 'no such collection' };
    log.offer(offered('who is checking in today?'));
    await work();
    later(24 * 3_600_000);
    expect(await work()).toBe(false);
    expect(texts()).toEqual([expect.stringContaining('could not be reached for a day')]);
  });

  test('too wide for a chat message is told so', async () => {
    vectorsFail = { kind: 'too_many', detail: '' };
    log.offer(offered('who is checking in today?'));
    expect(await work()).toBe(false);
    expect(texts()).toEqual([expect.stringContaining('narrow the question')]);
  });

  test('that breaks something is tried a few times and then owned up to', async () => {
    beforeReading = () => {
      throw new TypeError('a bug');
    };
    log.offer(offered('who is checking in today?'));
    for (let attempt = 1; attempt < 4; attempt += 1) {
      expect(await work()).toBe(true);
      later(30_000);
    }
    expect(await work()).toBe(false);
    expect(texts()).toEqual([expect.stringContaining('something in me broke')]);
  });

  test('edited while it was read is answered for its new text only', async () => {
    beforeReading = () => {
      beforeReading = () => undefined;
      log.offer(offered('who is checking out tomorrow?', { isEdited: true }));
    };
    log.offer(offered('who is checking in today?'));
    expect(await work()).toBe(false);
    expect(texts()).toEqual(['*Checking out tomorrow* (Sun 22 Nov): nobody']);
  });

  test('is posted again in the same words when it is not known whether it was', async () => {
    chat.failWith({ kind: 'unavailable', detail: 'down' });
    const unheard = { ...ports, roomTypes: () => Promise.resolve(ok({ type: 'public' as const, isKnown: true })) };
    log.offer(offered('who is checking in today?'));
    const due = log.nextDue(nowMs);
    if (due !== undefined) await settleQuestion(due, log, unheard);
    expect(log.open('q')?.reply?.parts[0]).toContain(arrivals);
    chat.failWith(undefined);
    later(30_000);
    expect(await work()).toBe(false);
    expect(texts()).toEqual([arrivals]);
    expect(chat.messages[0]?.text).toContain('as of 09:41');
  });

  test('whose answer has to wait its turn is posted then, in the same words', async () => {
    log.offer(offered('who is checking in today?'));
    const turn = { kind: 'unavailable', detail: 'its turn', retryAfterMs: 57_000, unsent: true } as const;
    ports = { ...ports, chat: { ...chat, sendMessage: () => Promise.resolve(err(turn)) } };
    expect(await work()).toBe(true);
    expect(log.nextDueAt()).toBe(nowMs + 57_000);
    const words = log.open('q')?.reply?.parts;
    later(57_000);
    ports = { ...ports, chat };
    expect(await work()).toBe(false);
    expect(chat.messages.map(({ text }) => text)).toEqual(words);
  });

  test('whose answer Rocket.Chat refuses is let go and leaves no interaction, later where the bot may look', async () => {
    log.offer(offered('who is checking in today?', { channel_id: 'unheard-of' }));
    expect(await work()).toBe(false);
    chat.addRoom('read-only', 'private', { closedToBot: true });
    log.offer(offered('who is checking in today?', { channel_id: 'read-only', message_id: 'q2' }));
    expect(await work()).toBe(true);
    later(5 * 60_000);
    expect(await work()).toBe(false);
    expect(chat.messages).toEqual([]);
    const stored = await documents.getAll(['interactions/q', 'interactions/q2']);
    expect(stored.ok && stored.value).toEqual([undefined, undefined]);
  });

  test('in a direct message between others reaches no search, no model and no chat', async () => {
    let reached = 0;
    beforeReading = () => (reached += 1);
    const model = scriptedLanguageModel(() => {
      reached += 1;
      return { fails: { kind: 'unavailable', detail: '' } };
    });
    ports = { ...ports, model, scopes: AssistantScopes.parse({ users: { '*': 'full' } }) };
    const direct = { channel_id: 'frida-and-bruno', channel_name: undefined };
    for (const [index, text] of ['who is checking in today?', 'did bruno call in sick again?'].entries()) {
      log.offer({ ...offered(text, { ...direct, message_id: `q${index}` }), by: 'direct' });
    }
    expect(await work()).toBe(false);
    expect([reached, chat.messages]).toEqual([0, []]);
  });

  test('in a livechat room leaves no trace', async () => {
    log.offer(offered('who is checking in today?', { channel_id: 'livechat' }));
    expect(await work()).toBe(false);
    expect(chat.messages).toEqual([]);
  });
});

describe('an answer that quotes the chat', () => {
  const said = { v: 1, version: 1, deleted: false, roomId: 'general', authorId: 'b', authorUsername: 'bruno' };
  const room = { v: 1, version: 1, deleted: false, type: 'c', teamMain: false, archived: false, directUserIds: [] };
  const put = async (entries: Readonly<Record<`${string}/${string}`, DocumentFields>>): Promise<void> => {
    for (const [path, fields] of Object.entries(entries)) {
      await documents.commit([{ op: 'set', path: path as `${string}/${string}`, fields }]);
    }
  };

  test('and could not be posted is composed anew: by then the message may be gone', async () => {
    await put({
      'heartbeats/mongo-listener': { v: 1, at: ASKED_AT, state: 'streaming', caughtUpTo: ASKED_AT },
      'chatAccess/rooms': { v: 1, rooms: { general: { type: 'c', teamMain: false } } },
      'chatAccess/user:u1': { v: 1, user: { version: 1, active: true, roles: ['user'] }, rooms: {} },
      'chatRooms/general': room,
      'chatMessages/m1': { ...said, text: 'the boiler is cold', role: 'evidence', sentAt: ASKED_AT },
    });
    const hit = buildPayload({ docKey: 'chat-message:m1', kind: 'chat-message', roomId: 'general' });
    const vectors = { ...ports.vectors, hybridSearch: () => Promise.resolve(ok([{ payload: hit, score: 1 }])) };
    // Rocket.Chat takes the answer, but the word that it did is lost.
    let isHeard = false;
    const unheard = err({ kind: 'unavailable', detail: 'cut' } as const);
    const deaf = {
      ...chat,
      sendMessage: async (message: Parameters<typeof chat.sendMessage>[0]) => {
        const sent = await chat.sendMessage(message);
        return isHeard ? sent : unheard;
      },
    };
    ports = { ...ports, vectors, chat: deaf };
    log.offer(offered('what was said about the boiler?'));
    expect(await work()).toBe(true);
    expect(chat.messages.map(({ text }) => text)).toEqual([expect.stringContaining('the boiler is cold')]);

    await put({ 'chatMessages/m1': { v: 1, version: 2, deleted: true } });
    isHeard = true;
    later(30_000);
    expect(await work()).toBe(false);
    expect(chat.messages.map(({ text }) => text)).toEqual([expect.stringContaining("I don't know")]);
    expect(JSON.stringify(chat.messages)).not.toContain('cold');
  });
});

describe('a question offered once more, because its webhook may have been lost', () => {
  const arrives = 'who is checking in today?';

  test.each([
    ['as it was', {}],
    ['marked as edited, with the same words', { isEdited: true }],
  ])('%s is answered once: while it waits, while it is in work, and long after', async (_name, more) => {
    const meanwhile: string[] = [];
    expect(log.offer(offered(arrives))).toBe('new');
    expect(log.offer(offered(arrives, more))).toBe('repeat');
    beforeReading = () => {
      meanwhile.push(log.offer(offered(arrives, more)));
    };
    expect(await work()).toBe(false);
    later(3 * 3_600_000);
    expect(log.offer(offered(arrives, more))).toBe('repeat');
    expect(await work()).toBe(false);
    expect(meanwhile).toEqual(['repeat']);
    expect(chat.messages).toHaveLength(1);
  });

  test('is answered from there when the webhook never came, and the late webhook changes nothing', async () => {
    later(40_000);
    expect(log.offer(offered(arrives, { isEdited: true }))).toBe('new');
    expect(await work()).toBe(false);
    expect(log.offer(offered(arrives))).toBe('repeat');
    expect(await work()).toBe(false);
    expect(texts()).toEqual([arrivals]);
    const stored = await documents.getAll(['interactions/q']);
    expect(stored.ok && stored.value[0]?.fields).toMatchObject({ revision: 0, messageId: 'q' });
  });

  test('in words that were edited meanwhile corrects the answer in place', async () => {
    log.offer(offered(arrives));
    await work();
    expect(log.offer(offered('who is checking out tomorrow?', { isEdited: true }))).toBe('edit');
    await work();
    expect(texts()).toEqual(['*Checking out tomorrow* (Sun 22 Nov): nobody']);
  });
});

describe('a follow-up', () => {
  test('in a thread nobody was answered in is not taken, and writes nothing', () => {
    expect(log.offer({ ...offered('and tomorrow?', { tmid: 'root' }), by: 'follow_up' })).toBe('not_addressed');
  });

  test('is taken from who was answered, leans on the answer, and in a direct message no longer than half an hour', async () => {
    chat.addRoom('direct', 'direct');
    const direct = { channel_id: 'direct', channel_name: undefined };
    ports = { ...ports, scopes: AssistantScopes.parse({ users: { '*': 'full' } }) };
    log.offer(offered('who is checking in today?', direct));
    await work();
    later(29 * 60_000);
    log.offer(offered('and tomorrow?', { ...direct, message_id: 'q2' }));
    await work();
    expect(texts()[1]).toBe('*Checking in tomorrow* (Sun 22 Nov): nobody');
    later(31 * 60_000);
    log.offer(offered('and tomorrow?', { ...direct, message_id: 'q3' }));
    await work();
    expect(texts()[2]).not.toContain('Checking in');
  });
});

describe('a conversation', () => {
  test('forgets its oldest settled messages and answers each of many once', async () => {
    for (let index = 0; index < 320; index += 1) log.offer(offered('help', { message_id: `m${index}` }));
    expect(await work()).toBe(false);
    expect(chat.messages).toHaveLength(320);
    log.offer(offered('help', { message_id: 'm0' }));
    await work();
    expect(chat.messages).toHaveLength(320);
  });
});
