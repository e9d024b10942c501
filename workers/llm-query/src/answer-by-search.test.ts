import type { ChatMessageDocument } from '@innkeeper/shared/contracts/chat-documents';
import type { LanguageModel } from '@innkeeper/shared/ports/language-model';
import { ok } from '@innkeeper/shared/result/result';
import { scriptedLanguageModel } from '@innkeeper/shared/testing/scripted-language-model';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { chatDesk, talkRoom } from '../test/support/chat-desk.ts';
import { ASKED_AT } from '../test/support/world.ts';

const FRIDA = { v: 1, user: { version: 1, active: true, roles: ['user'] }, rooms: { s1: 'owners', s2: 'dm' } };
const inFrontDesk = { roomId: 'R1', askerId: 'frida' };

interface Said {
  readonly roomId?: string;
  readonly threadId?: string;
  readonly by?: string;
  readonly at?: string;
  /** What it says by now; the index still has the first text. */
  readonly words?: string;
  /** What became of it since it was indexed. */
  readonly now?: 'deleted' | 'moved' | 'question';
}

async function desk(options: Parameters<typeof chatDesk>[0] & { caughtUpTo?: string | null } = {}) {
  const made = chatDesk(options);
  const { caughtUpTo = ASKED_AT } = options;
  await made.putAll([
    ...(caughtUpTo === null
      ? []
      : [['heartbeats/mongo-listener', { v: 1, at: ASKED_AT, state: 'streaming', caughtUpTo }] as const]),
    ['chatAccess/rooms', { v: 1, rooms: { R1: { type: 'c', teamMain: false } } }],
    ['chatAccess/user:frida', FRIDA],
    ['chatRooms/R1', talkRoom('c', { name: 'front-desk' })],
    ['chatRooms/owners', talkRoom('p', { name: 'owners' })],
    ['chatRooms/dm', talkRoom('d', { directUserIds: ['frida', 'bot'] })],
  ]);
  const say = (
    id: string,
    text: string,
    { roomId = 'R1', threadId, by = 'Bruno', at = '2026-11-21T08:12:00.000Z', words = text, now }: Said = {},
  ) => {
    const message: ChatMessageDocument =
      now === 'deleted'
        ? { v: 1, version: 2, deleted: true }
        : {
            v: 1,
            version: 1,
            deleted: false,
            roomId: now === 'moved' ? 'owners' : roomId,
            ...(threadId === undefined ? {} : { threadId }),
            authorId: by,
            authorUsername: by.toLowerCase(),
            authorName: by,
            text: words,
            role: now === 'question' ? 'question' : 'evidence',
            sentAt: at,
          };
    return made.putMessage(id, message, { roomId, text, sentAt: at, ...(threadId === undefined ? {} : { threadId }) });
  };
  const answer = async (text: string, place: Parameters<typeof made.ask>[1] = inFrontDesk): Promise<string> =>
    (await made.ask(text, place)).answer.parts.join('\n');
  return { ...made, say, answer };
}

const PROMISE = 'I will put a cot into the Garden Studio before four';

describe('what colleagues wrote', () => {
  test('is quoted with who wrote it, when and where, and named as the source', async () => {
    const { say, ask } = await desk();
    await say('m1', PROMISE);
    const { answer } = await ask('what did Bruno promise about the cot?', inFrontDesk);
    const [quote, about, ...rest] = (answer.parts[0] ?? '').split('\n');
    expect(quote).toBe(`> “${PROMISE}”`);
    expect(about).toBe('— Bruno, Sat 21 Nov 08:12, #front-desk');
    expect(rest.at(-1)).toMatch(/ · Sources: #front-desk, Bruno, Sat 21 Nov 08:12$/u);
    expect(answer.sources.map(({ key }) => key)).toEqual(['chat-message:m1']);
  });

  test.each([
    ['what did Bruno say about the cot'],
    ['did anyone mention the cot in chat?'],
    ['what was said about the cot in #front-desk?'],
    ['was wurde im Chat über das cot gesagt?'],
  ])('is found by: %s', async text => {
    const { say, answer } = await desk();
    await say('m1', PROMISE);
    expect(await answer(text)).toContain(PROMISE);
  });

  test('counts in the words it has now, not in those the index remembers', async () => {
    const { say, answer } = await desk();
    await say('m1', PROMISE, { words: 'I will put a cot into the Garden Studio before six' });
    const said = await answer('what did Bruno promise about the cot?');
    expect(said).toContain('before six');
    expect(said).not.toContain('before four');
  });

  test.each(['deleted', 'moved', 'question'] as const)('is not quoted once it is %s', async now => {
    const { say, answer } = await desk();
    await say('m1', PROMISE, { now });
    const said = await answer('what did Bruno promise about the cot?');
    expect(said).toContain("I don't know. Searched:");
    expect(said).not.toContain('before four');
  });

  test('is never the question itself', async () => {
    const { say, answer } = await desk();
    await say('q', 'what was said about the cot in chat?');
    expect(await answer('what was said about the cot in chat?')).not.toContain('> “');
  });

  test('is not quoted where it was a follow-up that the assistant answered', async () => {
    const { say, answer, put } = await desk();
    await say('m1', 'and the cot?');
    expect(await answer('what was said about the cot in chat?')).toContain('and the cot?');
    await put('interactions/m1', { v: 1 });
    expect(await answer('what was said about the cot in chat?')).not.toContain('and the cot?');
  });

  test.each([
    ['deleted', { v: 1, version: 3, deleted: true }],
    ['corrected', { authorUsername: 'bruno', text: 'no cot', role: 'evidence', roomId: 'R1' }],
  ])('is not quoted either when it is %s while the model thinks', async (_name, after) => {
    let change = (): Promise<void> => Promise.resolve();
    const model: LanguageModel = {
      id: 'slow',
      complete: async request => {
        await change();
        const says = { answerable: true, claims: [{ claim: 'A cot.', sourceId: 1, quote: 'I will put a cot' }] };
        return ok({ value: z.parse(request.schema, says), model: 'slow', tokensIn: 1, tokensCached: 0, tokensOut: 1 });
      },
    };
    const { say, answer, put } = await desk({ model });
    await say('m1', PROMISE);
    expect(await answer('what did Bruno promise about the cot?')).toContain('I will put a cot');
    const full = { v: 1, version: 3, deleted: false, authorId: 'Bruno', sentAt: ASKED_AT };
    change = () => put('chatMessages/m1', { ...full, ...after });
    expect(await answer('what did Bruno promise about the cot?')).not.toContain('put a cot');
  });

  test('never shows codes or numbers, and cannot notify or link', async () => {
    const { say, answer } = await desk();
    await say('m1', 'the cot is in, door code 4711, call +351 912 345 678 @all http://evil.example');
    expect(await answer('what did Bruno say about the cot?')).not.toMatch(/4711|912|@all|evil\.example/u);
  });
});

describe('messages around a find', () => {
  const prompts = scriptedLanguageModel(() => ({ says: { answerable: false, claims: [] } }));

  test('of the same room and thread are given to the model, two on each side', async () => {
    const { say, answer, embedder } = await desk({ model: prompts });
    const at = (minute: string): string => `2026-11-21T08:${minute}:00.000Z`;
    await say('a', 'far before', { at: at('01') });
    await say('b', 'who has one for babies?', { at: at('02') });
    await say('c', 'the one from the cellar', { at: at('03') });
    await say('d', 'a cot is there', { at: at('04') });
    await say('e', 'at noon then', { at: at('05') });
    await say('f', 'fine', { at: at('06') });
    await say('g', 'far after', { at: at('07') });
    await say('t', 'in another thread', { at: at('04'), threadId: 'a' });
    await say('o', 'in another room', { at: at('04'), roomId: 'owners' });
    embedder.failWith({ kind: 'unavailable', detail: '' }); // found by the word alone
    await answer('cot?');
    const sources = [...(prompts.requests.at(-1)?.user ?? '').matchAll(/^[a-z].*$/gmu)].map(([line]) => line);
    expect(sources).toEqual([
      'who has one for babies?',
      'the one from the cellar',
      'a cot is there',
      'at noon then',
      'fine',
    ]);
  });

  test('of a thread begin with the message that opened it, however old', async () => {
    const { say, answer } = await desk({ model: prompts });
    await say('root', 'what does the Larsen family need?', { at: '2026-11-18T08:00:00.000Z' });
    await say('reply', 'a cot', { threadId: 'root' });
    await answer('what about the cot?');
    expect(prompts.requests.at(-1)?.user).toContain('Larsen family');
  });

  test('are quoted as their own authors’', async () => {
    const model = scriptedLanguageModel(({ user }) => {
      const sourceId = Number(/id="(\d+)" about="Olga[^>]*>\nat noon/u.exec(user)?.[1]);
      return { says: { answerable: true, claims: [{ claim: 'The cot comes at noon.', sourceId, quote: 'at noon' }] } };
    });
    const { say, answer } = await desk({ model });
    await say('m1', 'when does the cot come?', { at: '2026-11-21T08:00:00.000Z' });
    await say('m2', 'at noon, the cot', { by: 'Olga', at: '2026-11-21T08:01:00.000Z' });
    expect(await answer('when does the cot come')).toContain('> “at noon”\n— Olga, Sat 21 Nov 08:01, #front-desk');
  });
});

describe('where chat is not for the reader', () => {
  test('a private room is kept, also from a member who asks elsewhere, and told in it or in private', async () => {
    const { say, answer } = await desk();
    await say('m1', 'the boiler costs eleven thousand', { roomId: 'owners', by: 'Olga' });
    const boiler = 'what was said about the boiler?';
    expect(await answer(boiler)).not.toContain('eleven');
    expect(await answer(boiler, { roomId: 'R1', askerId: 'nobody' })).not.toContain('eleven');
    expect(await answer(boiler, { roomId: 'owners', askerId: 'frida' })).toContain('eleven thousand');
    expect(await answer(boiler, { roomId: 'dm', askerId: 'frida' })).toContain('— Olga, Sat 21 Nov 08:12, #owners');
  });

  test('a room named in the question narrows to it, and what may not be read looks like what is not there', async () => {
    const { say, answer } = await desk();
    await say('m1', PROMISE);
    await say('m2', 'no cot for the owners', { roomId: 'owners' });
    expect(await answer('what was said about the cot in #owners?')).toBe(
      (await answer('what was said about the cot in #ownerz?')).replaceAll('ownerz', 'owners'),
    );
    const dm = await answer('what was said about the cot in #owners?', { roomId: 'dm', askerId: 'frida' });
    expect(dm).toContain('no cot for the owners');
    expect(dm).not.toContain('before four');
  });

  test('a room for operations never sees it', async () => {
    const { say, answer, searches } = await desk();
    await say('m1', PROMISE);
    const operations = { ...inFrontDesk, scope: 'operations' as const };
    expect(await answer('what did Bruno promise about the cot?', operations)).not.toContain('cot into');
    searches.length = 0;
    expect(await answer('did anyone mention the cot in chat?', operations)).toContain('not shown in this room');
    expect(searches).toEqual([]);
  });

  test('private rooms are left out, with a word, while the listener is behind or away', async () => {
    for (const caughtUpTo of ['2026-11-21T09:40:29.000Z', null]) {
      const { say, answer } = await desk({ caughtUpTo });
      await say('m1', 'the boiler costs eleven thousand', { roomId: 'owners' });
      const said = await answer('what was said about the boiler?', { roomId: 'dm', askerId: 'frida' });
      expect(said).not.toContain('eleven');
      expect(said).toContain('_private rooms were left out, because the copy of the chat is not up to date_');
      expect(await answer('what was said about the boiler?')).not.toContain('left out');
    }
  });

  test('a company without chat is not told about it', async () => {
    const { ask } = chatDesk();
    const { answer } = await ask('what was said about the boiler?', inFrontDesk);
    expect(answer.parts.join('\n')).not.toMatch(/left out|chat/u);
  });

  test('more rooms than a search takes are said to be too many, and the question’s own stays', async () => {
    const { put, say, answer } = await desk();
    const rooms = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [`A${index}`, { type: 'c', teamMain: false }]),
    );
    await put('chatAccess/rooms', { v: 1, rooms: { ...rooms, R1: { type: 'c', teamMain: false } } });
    await say('m1', PROMISE);
    const said = await answer('what did Bruno promise about the cot?');
    expect(said).toContain(PROMISE);
    expect(said).toContain('some were left out');
  });
});

describe('what a question costs', () => {
  async function counted() {
    const reads: string[][] = [];
    const made = await desk({
      fault: ({ operation, phase, paths }) => {
        if (phase === 'before' && operation !== 'commit') reads.push([...paths]);
        return undefined;
      },
    });
    await made.say('m1', PROMISE);
    return { ...made, reads };
  }

  test('a list reads nothing of the chat', async () => {
    const { reads, answer, searches } = await counted();
    await answer('who is checking in today?');
    expect(reads.flat().filter(path => /chat|heartbeat/u.test(path))).toEqual([]);
    expect(searches).toEqual(['scroll']);
  });

  test('a free question reads the permission once, the neighbours once, and what it quotes again', async () => {
    const { reads, answer, searches } = await counted();
    await answer('what did Bruno promise about the cot?');
    expect(searches).toEqual(['hybrid', 'scroll']);
    expect(reads).toEqual([
      ['chatRooms/R1', 'chatAccess/rooms', 'chatAccess/user:frida', 'heartbeats/mongo-listener'],
      ['chatMessages/m1', 'chatRooms/R1', 'interactions/m1'],
      ['chatMessages/m1', 'chatRooms/R1', 'interactions/m1'],
    ]);
  });
});
