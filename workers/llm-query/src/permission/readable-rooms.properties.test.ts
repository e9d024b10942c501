import { createLog } from '@innkeeper/shared/log/log';
import { type StoredDocument, Timestamp } from '@innkeeper/shared/ports/document-store';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readersOf, STRANGER } from '../../test/support/can-access-room.ts';
import { isTalk, leaks, mustBeSeen, type RawQuestion } from '../../test/support/judge-source.ts';
import { directoryOf, messageDocument, roomDocument, userAccess } from '../../test/support/project-chat.ts';
import { BOT_ID, type RawChat, rawChat } from '../../test/support/raw-chat.ts';
import { chatEvidenceOf } from '../retrieve/chat-evidence.ts';
import { readableRooms } from './readable-rooms.ts';

/** Whoever may read an answer may read every room it quotes; and what they may read is not withheld from them. */
const NOW = Date.parse('2026-11-21T09:41:00Z');
const WORLDS = 1_000;
const QUESTIONS_EACH = 12;
const silent = createLog('test', () => undefined);

/** A chat as the assistant finds it, from the projections alone. */
function stored(chat: RawChat) {
  const documents = new Map<string, StoredDocument>();
  const put = (path: StoredDocument['path'], fields: object): void => {
    const at = new Timestamp(0n);
    documents.set(path, { path, fields: { ...fields }, createTime: at, updateTime: at });
  };
  for (const each of chat.rooms) put(`chatRooms/${each._id}`, roomDocument(each));
  for (const message of chat.messages) put(`chatMessages/${message._id}`, messageDocument(message));
  return { documents, directory: directoryOf(chat).rooms };
}

/** The rooms it would look into, by how far behind the listener is. */
function readable(
  chat: RawChat,
  { directory }: ReturnType<typeof stored>,
  { asker, room }: RawQuestion,
  lagMs: number,
) {
  const facts = { room: roomDocument(room), directory, asker: userAccess(chat, asker), caughtUpToMs: NOW - lagMs };
  return readableRooms(facts, { roomId: room._id, askerId: asker, botUserId: BOT_ID }, NOW).ids;
}

test('no answer quotes what one of its readers may not read, and none withholds what they all may', () => {
  let cases = 0;
  let quoted = 0;
  fc.assert(
    fc.property(
      rawChat,
      fc.array(fc.tuple(fc.nat(4), fc.nat(13), fc.boolean()), { minLength: QUESTIONS_EACH, maxLength: QUESTIONS_EACH }),
      (chat, questions) => {
        const company = stored(chat);
        const readers = readersOf(chat);
        for (const [who, where, isDirect] of questions) {
          const asker = isDirect ? 'user0' : `user${who}`;
          const room = chat.rooms.find(({ _id }) => _id === (isDirect ? 'alone' : chat.rooms[where]?._id));
          if (room === undefined || !isTalk(room)) continue;
          const asked = { asker, room };
          const fresh = readable(chat, company, asked, 5_000);
          const stale = readable(chat, company, asked, 60_000);
          const isActive = chat.users.some(({ _id, active }) => _id === asker && active);
          for (const { _id, rid, about } of chat.messages) {
            const source = chat.rooms.find(each => each._id === rid);
            if (source === undefined) continue;
            const point = { docKey: `chat-message:${_id}`, roomId: rid };
            const isQuoted = chatEvidenceOf(point, company.documents, fresh, silent) !== undefined;
            cases += 1;
            quoted += isQuoted ? 1 : 0;
            const what = `${_id} of ${rid} for ${asker} in ${room._id}`;
            if (isQuoted && (about !== 'talk' || !isActive)) throw new Error(`not evidence: ${what}`);
            if (isQuoted && leaks(chat, readers, asked, source)) throw new Error(`leaked: ${what}`);
            if (!isQuoted && isActive && about === 'talk' && mustBeSeen(chat, asked, source)) {
              throw new Error(`withheld: ${what}`);
            }
            if (stale.has(rid) && !fresh.has(rid)) throw new Error(`more when stale: ${what}`);
            if (stale.has(rid) && readers.get(rid)?.has(STRANGER) !== true) {
              throw new Error(`private when stale: ${what}`);
            }
          }
        }
      },
    ),
    { numRuns: WORLDS },
  );
  expect(cases).toBeGreaterThanOrEqual(100_000);
  expect(quoted).toBeGreaterThan(cases / 10);
}, 30_000);
