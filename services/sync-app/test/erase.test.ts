import { randomBytes } from 'node:crypto';
import { BOT, type RunningChat, runChat } from '@innkeeper/local-stack/stand-ins/rocketchat/testing/running-chat';
import { type FirestoreSdkStore, firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import { ErasureOrder } from '@innkeeper/shared/contracts/backup/erasure-order';
import type { IndexState } from '@innkeeper/shared/contracts/index-state';
import { type DocumentWrite, type StoredDocument, versionOf } from '@innkeeper/shared/ports/document-store';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  GRACE,
  HARRY,
  houseWithGuests,
  POST,
  TEAM_MESSAGE,
  TRACES_OF_GRACE,
} from '../src/testing/house-with-guests.ts';
import { startCommand } from './support/run-command.ts';

/** `pnpm erase` as a process, before Firestore's emulator and Rocket.Chat's stand-in. */
const project = `tests-${randomBytes(4).toString('hex')}`;
const COLLECTIONS = ['records', 'events', 'parked', 'interactions', 'chatMessages', 'phoneLinks', 'indexState'];
let store: FirestoreSdkStore;
let ops: FirestoreSdkStore;
let chat: RunningChat;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  const emulatorHost = firestoreEmulatorHost();
  store = firestoreSdk({ project, database: '(default)', emulatorHost });
  ops = firestoreSdk({ project, database: 'ops', emulatorHost });
  const [running, house] = await Promise.all([runChat(), houseWithGuests()]);
  chat = running;
  const seeded = await store.commit(
    [...house.documents.values()].map(({ path, fields }) => ({ op: 'set', path, fields })),
  );
  if (!seeded.ok) throw new Error(seeded.error.detail);
  await chat.control('PUT', 'rooms/team', { t: 'p', name: 'team', memberIds: [BOT.userId] });
  const message = { _id: POST, rid: 'team', msg: 'Grace Guest (G) left her yellow boots' };
  const posted = await chat.api('chat.sendMessage', { body: { message }, as: BOT });
  if (posted.status !== 200) throw new Error(JSON.stringify(posted.json));
  environment = {
    GOOGLE_CLOUD_PROJECT: project,
    FIRESTORE_EMULATOR_HOST: emulatorHost,
    METADATA_SERVER_DETECTION: 'none',
    ROCKETCHAT_URL: chat.url(),
    ROCKETCHAT_USER_ID: BOT.userId,
    ROCKETCHAT_AUTH_TOKEN: BOT.authToken,
  };
});
afterAll(() => Promise.all([chat.close(), store.close(), ops.close()]));

const run = (words: string) => startCommand('erase', words.split(' '), environment).ended;

async function everything(database: FirestoreSdkStore, collections: readonly string[]): Promise<StoredDocument[]> {
  const pages = await Promise.all(collections.map(collection => database.query({ collection })));
  return pages.flatMap(page => (page.ok ? page.value : []));
}
const holding = async (): Promise<string[]> =>
  [...(await everything(store, COLLECTIONS)), ...(await everything(ops, ['erasures', 'audit']))]
    .filter(({ fields }) =>
      TRACES_OF_GRACE.test(
        JSON.stringify(fields, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
      ),
    )
    .map(({ path }) => path);

it('looks, changes nothing by looking, erases, and waits until the index has followed', async () => {
  const before = await holding();
  const [searched, looked] = await Promise.all([run('--phone +442079460103'), run('--reservation r-000001')]);
  expect(searched).toMatchObject({ code: 0, err: '' });
  expect(searched.out).toContain(GRACE);
  expect(searched.out).not.toContain(HARRY);

  expect(looked).toMatchObject({ code: 0, err: '' });
  expect(looked.out).toMatch(/raw events +5/u);
  expect(looked.out).toContain(TEAM_MESSAGE);
  expect(looked.out).toContain('Nothing was changed');
  expect(await holding()).toEqual(before);

  const erased = await run(`--guest ${GRACE} --yes --wait 0 --json --as ana`);
  expect(erased).toMatchObject({ code: 0, err: '' });
  expect(erased.out).not.toMatch(TRACES_OF_GRACE);
  expect(JSON.parse(erased.out)).toMatchObject({
    done: { posts: 1, interactions: 1, events: 5 },
    index: 'not looked at',
  });
  expect(await holding()).toEqual([]);
  const post = await chat.api('chat.getMessage', { query: { msgId: POST }, as: BOT });
  expect(post.json).toMatchObject({ message: { msg: '(erased)' } });

  const orders = await everything(ops, ['erasures']);
  expect(orders.map(({ fields }) => ErasureOrder.safeParse(fields).success)).toEqual([true]);
  const audit = await everything(ops, ['audit']);
  expect(audit.map(({ fields }) => fields)).toMatchObject([{ command: 'erase', by: 'ana', outcome: 'done' }]);

  await followIndex();
  const done = await run(`--guest ${GRACE} --yes`);
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out).toMatch(/index has followed all \d+ documents/u);
});

/** What the function `vectorize` notes once it has looked at a document. */
async function followIndex(): Promise<void> {
  const documents = await everything(store, ['records', 'interactions']);
  const noted = await store.commit(
    documents.map(document => {
      const [collection, id = ''] = document.path.split('/');
      const docKey = collection === 'interactions' ? `interaction:${id}` : id;
      const fields = {
        v: 1,
        docKey,
        // Erasing again is a newer word; the function would follow that one, too.
        srcVersion: versionOf(document) + 3_600_000_000,
        pipelineRevision: 1,
        contentHash: '',
        chunks: 1,
        model: 'none',
        dense: true,
        deleted: false,
        indexedAt: '2026-11-21T10:00:00.000Z',
      } satisfies IndexState;
      return { op: 'set', path: `indexState/${docKey}`, fields: { ...fields } } satisfies DocumentWrite;
    }),
  );
  if (!noted.ok) throw new Error(noted.error.detail);
}
