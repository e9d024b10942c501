import path from 'node:path';
import { startTestVault, type TestVault } from '@innkeeper/local-stack/testing/start-test-vault';
import { readWorkerConfig } from '@innkeeper/local-stack/workers-host/read-worker-config';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { basic, clientOf, nameOf, type VaultClient } from './support/vault-client.ts';

const START = new Date('2026-11-01T02:30:00Z');
const DAY_MS = 86_400_000;
const daysOn = (days: number): Date => new Date(START.getTime() + days * DAY_MS);

let vault: TestVault;
let append: VaultClient;
let read: VaultClient;
let forget: VaultClient;
let maintain: VaultClient;
let create: VaultClient;
const at = async (now: Date): Promise<void> => {
  await vault.setTime(now);
  [append, read, forget, maintain, create] = await Promise.all([
    clientOf(vault, 'append', { now }),
    clientOf(vault, 'read', { now }),
    clientOf(vault, 'forget', { now }),
    clientOf(vault, 'maintain', { now }),
    clientOf(vault, 'create', { now }),
  ]);
};
beforeAll(async () => {
  vault = await startTestVault({
    clock: 'set',
    variables: {
      VAULT_DELETIONS_PER_DAY_MAX: '3',
      VAULT_SNAPSHOT_DELETIONS_PER_DAY_MAX: '2',
      VAULT_TOKEN_BYTES_MAX: '120000000',
    },
  });
  await at(START);
});
afterAll(() => vault.close());

test('the clock is all that these tests change', () => {
  const directory = path.resolve(import.meta.dirname, '..');
  const {
    entry: _entry,
    directory: _directory,
    minify: _minify,
    keepNames: _names,
    ...deployed
  } = readWorkerConfig(directory);
  expect(readWorkerConfig(path.join(directory, 'test/fixtures'))).toMatchObject(deployed);
});

/** As long as anything that restic has sealed, but for packs, whose bytes are counted here. */
const contentOf = (type: string, what: string): string => (type === 'data' ? what : what.padEnd(32, '.'));
const named = (type: string, what: string): string => nameOf(contentOf(type, what));
const store = (client: VaultClient, type: string, what: string): Promise<string> =>
  client.outcome('POST', `company/${type}/${named(type, what)}`, contentOf(type, what));
const remove = (client: VaultClient, type: string, what: string): Promise<string> =>
  client.outcome('DELETE', `company/${type}/${named(type, what)}`);

describe('a repository', () => {
  test('is made once, by one who may', async () => {
    expect(await append.outcome('POST', 'company/?create=true')).toBe('200');
    expect(await append.outcome('POST', 'company/config', 'mine')).toBe('403 scope_forbids');
    expect(await store(append, 'keys', 'a key')).toBe('403 scope_forbids');
    expect(await store(create, 'keys', 'a key of an attempt that was given up')).toBe('200');
    expect(await remove(create, 'keys', 'a key of an attempt that was given up')).toBe('200');
    expect(await store(create, 'keys', 'a key')).toBe('200');
    expect(await create.outcome('POST', 'company/config', 'the configuration')).toBe('200');
    expect(await create.outcome('POST', 'company/config', 'the configuration')).toBe('200'); // sent again
    expect(await create.outcome('POST', 'company/config', 'another configuration')).toBe('403 exists');
    expect(await create.outcome('POST', 'company/config', 'the konfiguration')).toBe('403 exists');
    expect(await store(create, 'keys', 'another key')).toBe('403 repository_exists');
    expect(await remove(create, 'keys', 'a key')).toBe('403 repository_exists');
    for (const client of [append, read, forget, maintain, create]) {
      expect(await client.outcome('DELETE', 'company/config')).toBe('403 scope_forbids');
    }
    expect(await (await read.send('GET', 'company/config')).text()).toBe('the configuration');
    expect(await read.names('keys')).toEqual([named('keys', 'a key')]);
  });
});

describe('an object', () => {
  test('is stored once, under the hash of its content', async () => {
    const name = nameOf('a pack');
    expect(await append.outcome('POST', `company/data/${name}`, 'another pack')).toBe('400 hash_differs');
    expect(await append.outcome('HEAD', `company/data/${name}`).catch(() => 'no body')).toBe('no body');
    expect(await store(append, 'data', 'a pack')).toBe('200');
    expect(await store(append, 'data', 'a pack')).toBe('200'); // sent again
    expect(await append.outcome('POST', `company/data/${name}`, 'a longer pack')).toMatch(
      /^(?:400 hash_differs|403 exists)$/u,
    );
    expect(await (await read.send('GET', `company/data/${name}`)).text()).toBe('a pack');
  });

  test('has a length, and not too much of it', async () => {
    const name = nameOf('');
    const chunked = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('a'));
        controller.close();
      },
    });
    const withoutLength = await fetch(`${vault.url}/company/data/${name}`, {
      method: 'POST',
      headers: { authorization: basic(append.token) },
      body: chunked,
      duplex: 'half',
    });
    expect([withoutLength.status, await withoutLength.json()]).toEqual([411, { error: 'length_required' }]);
    expect(await append.outcome('POST', `company/data/${name}`, '')).toBe('400 body_too_small');
    expect(await append.outcome('POST', `company/locks/${name}`, 'x'.repeat(65_537))).toBe('413 body_too_large');
    expect(await append.outcome('POST', `company/snapshots/${name}`, 'x'.repeat(1_048_577))).toBe('413 body_too_large');
  });

  test('is told its size without its content', async () => {
    const present = await read.send('HEAD', `company/data/${nameOf('a pack')}`);
    expect([present.status, present.headers.get('content-length'), await present.text()]).toEqual([200, '6', '']);
    expect((await read.send('HEAD', `company/data/${nameOf('no pack')}`)).status).toBe(404);
    expect(await read.outcome('GET', `company/data/${nameOf('no pack')}`)).toBe('404 object_missing');
  });

  test.each([
    ['bytes=0-', 206, 'a pack', 'bytes 0-5/6'],
    ['bytes=2-', 206, 'pack', 'bytes 2-5/6'],
    ['bytes=2-3', 206, 'pa', 'bytes 2-3/6'],
    ['bytes=2-99', 206, 'pack', 'bytes 2-5/6'],
    ['bytes=2-999999999999999', 206, 'pack', 'bytes 2-5/6'],
    [`bytes=${'9'.repeat(40)}-`, 200, 'a pack', null],
    ['bytes=-2', 206, 'ck', 'bytes 4-5/6'],
    ['bytes=-99', 206, 'a pack', 'bytes 0-5/6'],
    ['bytes=0-1,3-4', 200, 'a pack', null],
    ['bytes=6-', 416, '{"error":"range_unsatisfiable"}', null],
    ['bytes=6-9', 416, '{"error":"range_unsatisfiable"}', null],
    ['bytes=-0', 416, '{"error":"range_unsatisfiable"}', null],
  ])('is read from %s', async (range, status, content, contentRange) => {
    const response = await read.send('GET', `company/data/${nameOf('a pack')}`, undefined, { range });
    const { headers } = response;
    expect([response.status, await response.text(), headers.get('content-range')]).toEqual([
      status,
      content,
      contentRange,
    ]);
    expect(headers.get('content-length') ?? String(content.length)).toBe(String(content.length));
  });

  test('is listed, with its size in version 2 of the protocol', async () => {
    const first = await read.send('GET', 'company/data/');
    expect(first.headers.get('content-type')).toBe('application/vnd.x.restic.rest.v1');
    expect(await first.json()).toEqual([nameOf('a pack')]);
    const second = await read.send('GET', 'company/data/', undefined, { accept: 'application/vnd.x.restic.rest.v2' });
    expect(second.headers.get('content-type')).toBe('application/vnd.x.restic.rest.v2');
    expect(await second.json()).toEqual([{ name: nameOf('a pack'), size: 6 }]);
    expect(await read.names('index')).toEqual([]);
  });

  test('is listed however many there are, up to as many as a token may store', async () => {
    const one = await clientOf(vault, 'append', { now: START });
    const contents = Array.from({ length: 120 }, (_, index) => `lock ${index}`);
    const stored = await Promise.all(contents.map(content => store(one, 'locks', content)));
    expect(stored.filter(outcome => outcome !== '200')).toEqual([]);
    expect(await read.names('locks')).toEqual(contents.map(what => named('locks', what)).toSorted());
    expect(await store(one, 'locks', 'one too many')).toBe('403 bytes_exhausted');
    expect(await remove(one, 'locks', 'lock 119')).toBe('200');
  });

  test('is listed whole, whatever range is asked for', async () => {
    const listed = await read.send('GET', 'company/data/', undefined, { range: 'bytes=0-1' });
    expect([listed.status, await listed.json()]).toEqual([200, [nameOf('a pack')]]);
  });
});

describe('what each may do', () => {
  test('who appends deletes locks and nothing else', async () => {
    expect(await store(append, 'locks', 'a lock')).toBe('200');
    expect(await remove(append, 'locks', 'a lock')).toBe('200');
    expect(await remove(append, 'locks', 'a lock')).toBe('200'); // asked again
    for (const type of ['data', 'index', 'snapshots', 'keys']) {
      expect(await remove(append, type, 'a pack')).toBe('403 scope_forbids');
    }
  });

  test('who reads changes nothing', async () => {
    for (const type of ['data', 'index', 'snapshots', 'keys', 'locks']) {
      expect(await store(read, type, 'something')).toBe('403 scope_forbids');
      expect(await remove(read, type, 'something')).toBe('403 scope_forbids');
    }
    expect(await read.outcome('POST', 'company/?create=true')).toBe('403 scope_forbids');
  });

  test('a token makes as many snapshots as it says', async () => {
    const nightly = await clientOf(vault, 'append', { now: START, snapshotsMax: 2 });
    expect(await store(nightly, 'snapshots', 'snapshot 1')).toBe('200');
    expect(await store(nightly, 'snapshots', 'snapshot 1')).toBe('200'); // sent again, counted once
    expect(await store(nightly, 'snapshots', 'snapshot 2')).toBe('200');
    expect(await store(nightly, 'snapshots', 'snapshot 3')).toBe('403 snapshots_exhausted');
    const garbled = await nightly.outcome(
      'POST',
      `company/snapshots/${named('snapshots', 'snapshot 2')}`,
      contentOf('snapshots', 'another snapshot'),
    );
    expect(garbled).toMatch(/^(?:400 hash_differs|403 exists)$/u);
    expect((await read.names('snapshots')).length).toBe(2);
    const none = await clientOf(vault, 'append', { now: START, snapshotsMax: 0 });
    expect(await store(none, 'snapshots', 'snapshot 4')).toBe('403 snapshots_exhausted');
    expect(await store(maintain, 'snapshots', 'snapshot 5')).toBe('403 scope_forbids');
  });
});

describe('deleting', () => {
  const snapshots = ['snapshot 1', 'snapshot 2', 'snapshot 3'];
  const packs = ['a pack', 'a second pack', 'a third pack', 'a fourth pack'];

  test('waits until what is deleted is old enough', async () => {
    await store(append, 'snapshots', 'snapshot 3');
    for (const pack of packs) await store(append, 'data', pack);
    await at(new Date(daysOn(7).getTime() - 1_000));
    expect(await remove(maintain, 'snapshots', 'snapshot 1')).toBe('403 too_young');
    await at(daysOn(7));
    expect(await remove(forget, 'snapshots', 'snapshot 1')).toBe('200');
    expect(await remove(forget, 'snapshots', 'snapshot 1')).toBe('200'); // asked again, counted once
    expect(await remove(maintain, 'data', 'a pack')).toBe('403 too_young');
    await at(new Date(daysOn(14).getTime() - 1_000));
    expect(await remove(maintain, 'data', 'a pack')).toBe('403 too_young');
    await at(daysOn(14));
    expect(await remove(forget, 'data', 'a pack')).toBe('403 scope_forbids'); // a young snapshot may need it
    expect(await remove(maintain, 'data', 'a pack')).toBe('200');
    expect(await remove(append, 'data', 'a second pack')).toBe('403 scope_forbids');
  });

  test('of what comes back begins to wait anew', async () => {
    expect(await store(append, 'data', 'a pack')).toBe('200');
    expect(await remove(maintain, 'data', 'a pack')).toBe('403 too_young');
  });

  test("ends at a day's number: packs and index files together, snapshots apart, locks never", async () => {
    await store(append, 'index', 'an index');
    expect(await remove(forget, 'index', 'an index')).toBe('403 scope_forbids');
    expect(await remove(maintain, 'index', 'an index')).toBe('200');
    expect(await remove(maintain, 'data', 'a second pack')).toBe('200');
    expect(await remove(maintain, 'data', 'a third pack')).toBe('403 daily_deletions_exhausted');
    expect(await remove(maintain, 'snapshots', 'snapshot 2')).toBe('200');
    expect(await remove(maintain, 'snapshots', 'snapshot 3')).toBe('200');
    for (let lock = 0; lock < 5; lock += 1) expect(await remove(maintain, 'locks', `lock ${lock}`)).toBe('200');
    await at(daysOn(15));
    expect(await remove(maintain, 'data', 'a third pack')).toBe('200');
    expect(await read.names('data')).toEqual(['a fourth pack', 'a pack'].map(nameOf));
    expect(await read.names('snapshots')).toEqual([]);
  });

  test('is written down, each once and with its end', async () => {
    expect(await append.outcome('GET', '_vault/company/audit')).toBe('403 scope_forbids');
    const { entries, next } = await maintain.audit(`?since=${daysOn(7).toISOString()}`);
    expect(next).toBeNull();
    const deleted = entries.filter(entry => entry['action'] === 'deletion' && entry['type'] !== 'locks');
    expect(deleted.map(entry => entry['name'])).toEqual([
      named('snapshots', 'snapshot 1'),
      named('data', 'a pack'),
      named('index', 'an index'),
      named('data', 'a second pack'),
      named('snapshots', 'snapshot 2'),
      named('snapshots', 'snapshot 3'),
      named('data', 'a third pack'),
    ]);
    expect(deleted[1]).toMatchObject({
      type: 'data',
      bytes: 6,
      subject: 'test',
      uploadedAt: START.toISOString(),
      at: daysOn(14).toISOString(),
      settledAt: daysOn(14).toISOString(),
      outcome: 'done',
    });
    const made = (await read.audit()).entries.filter(entry => entry['action'] === 'snapshot');
    expect(made.map(entry => entry['name'])).toEqual(snapshots.map(what => named('snapshots', what)));
    expect(made.map(entry => entry['outcome'])).toEqual(['done', 'done', 'done']);
  });

  test('is remembered for 400 days', async () => {
    await at(daysOn(8 + 400));
    await store(append, 'locks', 'a late lock');
    await remove(append, 'locks', 'a late lock');
    const { entries } = await read.audit();
    expect(entries.filter(entry => String(entry['at']) < daysOn(8).toISOString())).toEqual([]);
    expect(entries.filter(entry => entry['name'] === nameOf('a third pack'))).toHaveLength(1);
  });
});

describe('when the bucket', () => {
  const now = daysOn(500);

  test('has a lock of its own, nothing goes, and the record says so', async () => {
    await at(now);
    await vault.setBucket('locked');
    expect(await remove(maintain, 'data', 'a fourth pack')).toBe('403 locked');
    expect(await store(append, 'data', 'a fourth pack')).toBe('200'); // sent again, and there
    expect(await create.outcome('POST', 'company/config', 'the configuration')).toBe('200');
    expect(await create.outcome('POST', 'company/config', 'the konfiguration')).toBe('403 exists');
    expect(await store(append, 'data', 'a fifth pack')).toBe('200');
    const { entries } = await maintain.audit(`?since=${now.toISOString()}`);
    expect(entries).toMatchObject([{ name: nameOf('a fourth pack'), outcome: 'failed' }]);
  });

  test('fails, restic is asked to come again, and a deletion made at last counts once', async () => {
    await vault.setBucket('failing');
    expect(await store(append, 'data', 'a sixth pack')).toBe('503 store_unavailable');
    expect(await append.outcome('GET', 'company/config')).toBe('503 store_unavailable');
    expect(await append.outcome('GET', 'company/data/')).toBe('503 store_unavailable');
    expect(await remove(maintain, 'data', 'a fourth pack')).toBe('503 store_unavailable');
    const unknown = await maintain.audit(`?since=${now.toISOString()}`);
    expect(unknown.entries).toMatchObject([{ name: nameOf('a fourth pack'), outcome: null, settledAt: null }]);
    await vault.setBucket('well');
    expect(await remove(maintain, 'data', 'a fourth pack')).toBe('200');
    const { entries } = await maintain.audit(`?since=${now.toISOString()}`);
    expect(entries).toMatchObject([{ name: nameOf('a fourth pack'), outcome: 'done' }]);
    expect(vault.logged.join('\n')).toContain('"event":"bucket.failed"');
  });
});
