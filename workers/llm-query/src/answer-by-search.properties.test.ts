import { scriptedLanguageModel } from '@innkeeper/shared/testing/scripted-language-model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readersOf } from '../test/support/can-access-room.ts';
import { chatDesk } from '../test/support/chat-desk.ts';
import { isTalk, leaks, mustBeSeen } from '../test/support/judge-source.ts';
import { directoryOf, messageDocument, roomDocument, SENT_AT, userAccess } from '../test/support/project-chat.ts';
import { type RawChat, type RawMessage, rawChat } from '../test/support/raw-chat.ts';
import { ASKED_AT } from '../test/support/world.ts';

/** Through search, re-reading and a model that quotes whatever it is given: nothing leaves a room it may not leave. */
const WORLDS = 100;
const QUESTIONS_EACH = 3;
/** A search ends after so many finds: beyond, something may be missing for no other reason. */
const HITS_MAX = 12;

/** A word that stands in one message only. */
const wordOf = ({ _id }: RawMessage): string => `kiwi${'abcdefghijklmnopqrst'[Number(_id.slice(1))]}`;

const quotesEverything = () =>
  scriptedLanguageModel(({ user }) => ({
    says: {
      answerable: true,
      claims: [...user.matchAll(/<source id="(\d+)"[^>]*>\n([^\n]*)\n<\/source>/gu)]
        .slice(0, 6)
        .map(([, id, text]) => ({ claim: `About the boiler: ${text}`, sourceId: Number(id), quote: text })),
    },
  }));

async function deskOf(chat: RawChat, model: ReturnType<typeof quotesEverything>) {
  const desk = chatDesk({ model });
  await desk.putAll([
    ['heartbeats/mongo-listener', { v: 1, at: ASKED_AT, state: 'streaming', caughtUpTo: ASKED_AT }],
    ['chatAccess/rooms', directoryOf(chat)],
    ...chat.users.map(({ _id }) => [`chatAccess/user:${_id}`, userAccess(chat, _id)] as const),
    ...chat.rooms.map(room => [`chatRooms/${room._id}`, roomDocument(room)] as const),
  ]);
  for (const message of chat.messages) {
    const text = `the boiler and the ${wordOf(message)}`;
    // The index is behind: it still holds what was deleted, and never knew who was asking.
    await desk.putMessage(message._id, messageDocument(message, text), { roomId: message.rid, text, sentAt: SENT_AT });
  }
  return desk;
}

test('neither an answer nor a prompt holds a word from a room that a reader of the answer may not read', async () => {
  let cases = 0;
  let quoted = 0;
  await fc.assert(
    fc.asyncProperty(
      rawChat,
      fc.array(fc.tuple(fc.nat(4), fc.nat(13)), { minLength: QUESTIONS_EACH, maxLength: QUESTIONS_EACH }),
      async (chat, questions) => {
        const model = quotesEverything();
        const desk = await deskOf(chat, model);
        const readers = readersOf(chat);
        for (const [who, where] of questions) {
          const room = chat.rooms[where];
          if (room === undefined || !isTalk(room)) continue;
          const asked = { asker: `user${who}`, room };
          const before = model.requests.length;
          const { answer } = await desk.ask('what was said about the boiler?', {
            roomId: room._id,
            askerId: asked.asker,
          });
          const shown = answer.parts.join('\n');
          const prompt = model.requests
            .slice(before)
            .map(({ user }) => user)
            .join('\n');
          const isActive = chat.users.some(({ _id, active }) => _id === asked.asker && active);
          const talk = chat.messages.filter(({ about }) => about === 'talk');
          const sourceOf = ({ rid }: RawMessage) => chat.rooms.find(({ _id }) => _id === rid) ?? room;
          const isWhole =
            chat.messages.filter(message => !leaks(chat, readers, asked, sourceOf(message))).length <= HITS_MAX;
          const due = talk.filter(message => isWhole && isActive && mustBeSeen(chat, asked, sourceOf(message)));
          for (const message of chat.messages) {
            cases += 1;
            const source = sourceOf(message);
            const word = new RegExp(`${wordOf(message)}\\b`, 'u');
            const what = `${message._id} of ${source._id} for ${asked.asker} in ${room._id}`;
            if (word.test(shown) || word.test(prompt)) {
              quoted += 1;
              if (message.about !== 'talk' || !isActive) throw new Error(`not evidence: ${what}`);
              if (leaks(chat, readers, asked, source)) throw new Error(`leaked: ${what}`);
            } else if (due.includes(message)) throw new Error(`withheld: ${what}`);
          }
        }
      },
    ),
    { numRuns: WORLDS },
  );
  expect(cases).toBeGreaterThanOrEqual(2_000);
  expect(quoted).toBeGreaterThan(cases / 20);
}, 30_000);
