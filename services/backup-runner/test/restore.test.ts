import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from '@innkeeper/local-stack/testing/eventually';
import { type FirestoreSdkStore, firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import type { DocumentFields } from '@innkeeper/shared/ports/document-store';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Company, startCompany } from './support/company.ts';
import { before, KEPT, PHOTO, since } from './support/erasure-orders.ts';
import { fillSessions, UPLOADS } from './support/live-sources.ts';
import type { CommandEnd, Environment } from './support/run-command.ts';

const WHOLE = '2026-11-20';
const PARTIAL = '2026-11-21';
const COLLECTION = 'rocketchat.rocketchat_message';
const NONE = '--without-erasures';

let company: Company;
let chat: string;
beforeAll(async () => {
  company = await startCompany();
  chat = company.sources.mongodbServer.uri;
  await fillSessions(company.sources.mongodb);
  await company.backUp(WHOLE, 'all');
  await company.backUp(PARTIAL, 'files');
});
afterAll(() => company.close());

const restore = (words: readonly string[], extra?: Environment): Promise<CommandEnd> =>
  company.run('restore', words, extra);
let places = 0;
const newPlace = (): string => path.join(company.folder, `restored-${(places += 1)}`);
const original = (filerPath: string): Buffer => readFileSync(path.join(company.sources.filer, filerPath));
const countIn = (database: string, collection: string): Promise<number> =>
  company.sources.mongodb.db(database).collection(collection).countDocuments();

describe('looking', () => {
  it('lists the runs, newest first, with what each holds and why it is kept', async () => {
    const { code, out } = await restore(['list', '--json']);
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      [
        { runId: PARTIAL, complete: false, missing: ['mongodb', 'keycloak'], kept: true },
        { runId: WHOLE, complete: true, missing: [], snapshots: { files: { files: 21 } } },
      ],
    ]);
    expect(out).toMatch(/"kept as the last of 20.*; goes on 20\d\d-/u);
  });

  it('browses files, collections, tables, and names of the configuration without its values', async () => {
    const [files, collections, tables, settings] = await Promise.all([
      restore(['browse', 'latest', `${UPLOADS}/2026/2`]),
      restore(['browse', `${WHOLE}:mongodb`, '--json']),
      restore(['browse', 'latest:keycloak', '--json']),
      restore(['browse', 'latest:configuration']),
    ]);
    expect(files.out).toContain(`2 kB  ${PHOTO}`);
    expect(JSON.parse(collections.out)).toContainEqual({ name: COLLECTION, kind: 'collection', count: 250 });
    expect(JSON.parse(tables.out)).toContainEqual({ name: 'public.credential', kind: 'table', count: 24 });
    expect(settings.out).toContain('stack.env');
    expect(settings.out).not.toContain('ROCKETCHAT_TAG');
  });

  it('says what is wrong: no such run, no such path, the wrong password, no repository', async () => {
    const ends = await Promise.all([
      restore(['browse', '2020-01-01']),
      restore(['files', WHOLE, `${UPLOADS}/lost.jpg`, '--to', newPlace(), NONE]),
      restore(['list'], { RESTIC_PASSWORD: 'wrong' }),
      restore(['list'], { VAULT_REPOSITORY: 'nowhere' }),
    ]);
    expect(ends.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    expect(ends.map(({ err }) => err)).toEqual([
      expect.stringContaining(`There is no run 2020-01-01. The newest are ${PARTIAL}, ${WHOLE}.`),
      expect.stringContaining(`Not in this run: ${UPLOADS}/lost.jpg.`),
      expect.stringContaining('The password does not open the repository.'),
      expect.stringContaining('There is no repository at this address.'),
    ]);
  });
});

describe('files', () => {
  it('are only planned without --yes', async () => {
    const place = newPlace();
    const { code, out } = await restore(['files', WHOLE, UPLOADS, '--to', place, NONE]);
    expect([code, out]).toEqual([0, expect.stringContaining('The same command with --yes does it.')]);
    expect(out).toContain('21 files, 76 kB');
    expect(existsSync(place)).toBe(false);
  });

  it('come back byte by byte, with a record of who, what and how it was verified', async () => {
    const place = newPlace();
    const { code, out, err } = await restore([
      'files',
      WHOLE,
      PHOTO,
      PHOTO,
      '--to',
      place,
      '--yes',
      '--by',
      'ada',
      NONE,
    ]);
    expect([code, out]).toEqual([0, expect.stringContaining('✓ files →')]);
    expect(readFileSync(path.join(place, PHOTO))).toEqual(original(PHOTO));
    expect(readdirSync(path.join(place, path.dirname(PHOTO)))).toEqual([path.basename(PHOTO)]);
    const record: unknown = JSON.parse(readFileSync(/Record: (.*)$/mu.exec(out)?.[1] ?? '', 'utf8'));
    expect(record).toMatchObject({
      v: 1,
      command: 'files',
      runId: WHOLE,
      by: 'ada',
      steps: [{ source: 'files', to: place, figures: { files: 1, bytes: 2001 } }],
      erasures: { applied: false, reason: 'not_wanted' },
    });
    expect(JSON.parse(err.trim().split('\n').at(-1) ?? '')).toMatchObject({ name: 'files', percent: 100 });
  });

  it('are not put where something is, unless it may be replaced', async () => {
    const place = newPlace();
    await mkdir(path.join(place, path.dirname(PHOTO)), { recursive: true });
    await writeFile(path.join(place, PHOTO), 'mine');
    const words = ['files', WHOLE, path.dirname(PHOTO), PHOTO, '--to', place, '--yes', NONE];
    const refused = await restore(words);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('is not empty')]);
    expect(refused.out).toContain(`replaces 1 file:\n        ${PHOTO}`);
    expect(readFileSync(path.join(place, PHOTO), 'utf8')).toBe('mine');
    expect((await restore([...words, '--overwrite'])).code).toBe(0);
    expect(readFileSync(path.join(place, PHOTO))).toEqual(original(PHOTO));
  });

  it('come back whole when the same command is repeated after it was broken off', async () => {
    const place = newPlace();
    const words = ['files', WHOLE, '/', '--to', place, '--yes', NONE];
    const { child, ended } = company.start('restore', words, { RESTIC_BINARY: await resticThatHangs() });
    await eventually(() => existsSync(path.join(company.folder, 'hanging')), Boolean);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, err: expect.stringContaining('Interrupted') as unknown });
    await mkdir(path.join(place, path.dirname(PHOTO)), { recursive: true });
    await writeFile(path.join(place, PHOTO), 'half of it');
    const other = await restore(['files', WHOLE, UPLOADS, '--to', place, '--yes', NONE]);
    expect([other.code, other.err]).toEqual([1, expect.stringContaining('is not empty')]);
    const repeated = await restore(words);
    expect([repeated.code, repeated.out]).toEqual([0, expect.stringContaining('goes on with the same restore')]);
    expect(readFileSync(path.join(place, PHOTO))).toEqual(original(PHOTO));
    expect(readdirSync(company.folder).filter(name => name.endsWith('unfinished-restore.json'))).toEqual([]);
  });
});

/** restic, but its restore never gets anywhere, and leaves a file to say so. */
async function resticThatHangs(): Promise<string> {
  const script = path.join(company.folder, 'restic-that-hangs');
  const text = `#!/bin/sh
case "$*" in *" restore "*) touch "$HOME/hanging"; exec sleep 60;; esac
exec "${company.environment['RESTIC_BINARY']}" "$@"
`;
  await writeFile(script, text, { mode: 0o755 });
  return script;
}

describe('one collection', () => {
  it('comes back under another name, as many documents as the archive holds', async () => {
    const words = ['collection', 'latest', COLLECTION, '--as', 'check.messages', '--to', chat, NONE];
    expect([(await restore(words)).code, await countIn('check', 'messages')]).toEqual([0, 0]);
    const done = await restore([...words, '--yes']);
    expect([done.code, done.out]).toEqual([0, expect.stringContaining('1 collections, 250 documents')]);
    expect(await countIn('check', 'messages')).toBe(250);
    expect(readdirSync(company.folder).filter(name => name.startsWith('innkeeper-'))).toEqual([]);
  });

  it('comes back without what has expired since', async () => {
    const words = ['collection', 'latest', 'rocketchat.usersSessions', '--as', 'check.sessions', '--to', chat, NONE];
    const done = await restore([...words, '--yes']);
    expect([done.code, done.out]).toEqual([0, expect.stringContaining('fewer where documents have expired since')]);
    expect(await countIn('check', 'sessions')).toBe(1);
  });

  it('is refused where documents are, where it is unknown, and at the database that is backed up', async () => {
    const words = (name: string) => ['collection', 'latest', name, '--to', chat, '--yes', NONE];
    const ends = await Promise.all([
      restore(words(COLLECTION)),
      restore(words('rocketchat.lost')),
      restore([...words(COLLECTION), '--overwrite'], { BACKUP_MONGODB_URI: chat }),
      restore(['collection', 'latest', COLLECTION, '--to', 'mongodb://root:secret@db', NONE]),
    ]);
    expect(ends.map(({ code, err }) => [code, err])).toEqual([
      [1, expect.stringContaining('is not empty there (250 documents in 1 collection)')],
      [1, expect.stringContaining('no collection rocketchat.lost')],
      [1, expect.stringContaining('is the database that is backed up')],
      [2, expect.stringContaining('RESTORE_MONGODB_PASSWORD')],
    ]);
  });
});

describe('Keycloak’s database', () => {
  it('is refused where tables are, and replaced in one transaction where it may be', async () => {
    const address = new URL(company.sources.postgresUri);
    address.password = '';
    const words = ['keycloak', 'latest', '--to', address.href, '--yes'];
    const refused = await restore(words);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('is not empty (9 tables)')]);
    const done = await restore([...words, '--overwrite']);
    expect([done.code, done.out]).toEqual([0, expect.stringContaining('as many rows as in the dump, in every table')]);
    expect(done.out).toContain('✓ erasures never concern this part');
  });
});

it('an operator sees what is kept, why, and until when', async () => {
  const { code, out } = await company.run('operate', ['kept', '--json']);
  expect([code, JSON.parse(out)]).toMatchObject([
    0,
    [
      { runId: PARTIAL, kept: true, goesOn: expect.stringMatching(/^20\d{2}-\d{2}-\d{2}$/u) as unknown },
      { runId: WHOLE, kept: true },
    ],
  ]);
});

describe('what was erased since', () => {
  const project = `tests-${randomBytes(4).toString('hex')}`;
  const withFirestore = () => ({ FIRESTORE_EMULATOR_HOST: firestoreEmulatorHost(), GOOGLE_CLOUD_PROJECT: project });
  let operations: FirestoreSdkStore;
  let restored: FirestoreSdkStore;
  beforeAll(async () => {
    const emulatorHost = firestoreEmulatorHost();
    operations = firestoreSdk({ project, database: 'ops', emulatorHost });
    restored = firestoreSdk({ project, database: 'restored', emulatorHost });
    await operations.commit(
      [since, before].map(order => ({
        op: 'set',
        path: `erasures/${order.orderId}`,
        fields: JSON.parse(JSON.stringify(order)) as DocumentFields,
      })),
    );
  });
  afterAll(() => Promise.all([operations.close(), restored.close()]));

  it('nothing is restored while it is not known what was erased since', async () => {
    const words = ['files', WHOLE, '/', '--to', newPlace(), '--yes'];
    const { code, err } = await restore(words);
    expect([code, err]).toEqual([1, expect.stringContaining('GOOGLE_CLOUD_PROJECT is not set')]);
    expect(err).toContain('--without-erasures');
  });

  it('an erased file does not come back, and what cannot be erased here is told as left to do', async () => {
    const place = newPlace();
    const words = ['everything', WHOLE, '--to', place];
    const planned = await restore(words, withFirestore());
    expect(planned.out).toContain('1 order; erased again here: 1 file\n');
    expect(planned.out).toContain('left to do afterwards: 2 documents in mongodb.archive, 1 document in Firestore');
    const { code, out } = await restore([...words, '--yes'], withFirestore());
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('files: 1 place, 1 erased now, 0 had nothing left to erase, 0 remaining'),
    ]);
    const names = readdirSync(path.join(place, 'files', path.dirname(KEPT)));
    expect([names.includes(path.basename(KEPT)), names.includes(path.basename(PHOTO))]).toEqual([true, false]);
    expect(out).toContain(`→ mongodb.archive holds what was erased since: load it, then pnpm restore erase ${WHOLE}`);
    expect(out).toContain('→ 1 document of Firestore: after its restore, pnpm restore erase');
  });

  it('an erased document does not come back, under whatever name its collection is restored', async () => {
    const exported = path.join(company.folder, 'erasures.json');
    const listed = await company.run('operate', ['erasures'], withFirestore());
    expect(JSON.parse(listed.out)).toEqual([before, since]);
    writeFileSync(exported, listed.out);
    const words = [
      'collection',
      WHOLE,
      COLLECTION,
      '--as',
      'check.erased',
      '--to',
      chat,
      '--yes',
      '--erasures',
      exported,
    ];
    const { out } = await restore(words); // as in a disaster: without Firestore
    expect(out).toContain('mongodb: 2 places, 2 erased now, 0 had nothing left to erase, 0 remaining');
    const messages = company.sources.mongodb.db('check').collection<{ _id: string }>('erased');
    expect(await messages.find({ _id: { $in: ['message3', 'message4'] } }).toArray()).toEqual([
      { _id: 'message4', msg: '' },
    ]);
    expect(await messages.countDocuments()).toBe(249);
  });

  it('what was restored by other means is erased again, in Firestore too, as often as one likes', async () => {
    await restored.commit([{ op: 'set', path: 'records/guesty:guest:1', fields: { title: 'a name', deleted: false } }]);
    const words = ['erase', WHOLE, '--firestore', `${project}/restored`, '--yes'];
    const first = await restore(words, withFirestore());
    expect([first.code, first.out]).toEqual([0, expect.stringContaining('firestore: 1 place, 1 erased now')]);
    const second = await restore(words, withFirestore());
    expect(second.out).toContain('firestore: 1 place, 0 erased now, 1 had nothing left to erase, 0 remaining');
    const read = await restored.getAll(['records/guesty:guest:1']);
    expect(read.ok && read.value[0]?.fields).toEqual({ title: 'a name', deleted: true });
  });

  it('an erasure never follows a link out of the restored files', async () => {
    const [place, elsewhere] = [newPlace(), newPlace()];
    for (const folder of [path.join(place, UPLOADS, '2026'), elsewhere]) mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(elsewhere, path.basename(PHOTO)), 'somebody else’s');
    symlinkSync(elsewhere, path.join(place, path.dirname(PHOTO)));
    const { code, err } = await restore(['erase', WHOLE, '--files', place, '--yes'], withFirestore());
    expect([code, err]).toEqual([1, expect.stringContaining('is behind a link')]);
    expect(readdirSync(elsewhere)).toEqual([path.basename(PHOTO)]);
  });

  it('an order that cannot be understood stops every restore', async () => {
    await operations.commit([{ op: 'set', path: 'erasures/odd', fields: { v: 2 } }]);
    const { code, err } = await restore(['files', WHOLE, '/', '--to', newPlace(), '--yes'], withFirestore());
    expect([code, err]).toEqual([1, expect.stringContaining('The erasure order odd cannot be understood.')]);
  });
});
