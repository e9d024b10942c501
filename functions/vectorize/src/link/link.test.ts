import { PhoneLink } from '@innkeeper/shared/contracts/phone-link';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, test } from 'vitest';
import { callFrom, contactWith, guestWith, type NumberedDocument, textFrom } from '../testing/guests-and-calls.ts';
import { link } from './link.ts';

const ports = () => ({
  store: inMemoryDocumentStore(),
  now: () => 0,
  random: () => 0,
  wait: () => Promise.resolve(),
  region: 'GB' as const,
});
type World = ReturnType<typeof ports>;

async function put(world: World, [path, fields]: NumberedDocument): Promise<void> {
  const written = await world.store.commit([{ op: 'set', path, fields }]);
  if (!written.ok) throw new Error(written.error.detail);
  const linked = await link(world, path.slice('records/'.length));
  if (!linked.ok) throw new Error(linked.error.detail);
}

const guestsOf = (world: World, key: string) => {
  const record = BusinessRecord.parse(world.store.documents.get(`records/${key}`)?.fields);
  return record.kind === 'call' || record.kind === 'text-message' ? record.facts.guests : undefined;
};
const notes = (world: World) =>
  [...world.store.documents.values()].flatMap(({ path, fields }) =>
    path.startsWith('phoneLinks/') ? [PhoneLink.parse(fields)] : [],
  );

const grace = guestWith('g1', 'Grace Guest', ['12016665626', '+44 20 7946 0103']);

describe('linking calls and texts to guests', () => {
  test.each([
    ['the guest is known first', [grace, callFrom('1', '020 7946 0103'), textFrom('2', '0044 20 7946 0103')]],
    ['the call comes first', [callFrom('1', '+44 20 7946 0103'), textFrom('2', '+442079460103'), grace]],
  ])('by number, however it is written; %s', async (_order, documents) => {
    const world = ports();
    for (const document of documents) await put(world, document);
    expect(guestsOf(world, 'aircall:call:1')).toEqual([{ id: 'g1', name: 'Grace Guest' }]);
    expect(guestsOf(world, 'aircall:text-message:2')).toEqual([{ id: 'g1', name: 'Grace Guest' }]);
    expect(notes(world).flatMap(({ owed }) => owed)).toEqual([]);
  });

  test('namesakes are never joined', async () => {
    const world = ports();
    await put(world, guestWith('g1', 'Grace Guest', ['+442079460103']));
    await put(world, guestWith('g2', 'Grace Guest', ['+442079460104']));
    await put(world, callFrom('1', '+44 20 7946 0104', 'Grace Guest'));
    await put(world, callFrom('2', '+44 20 7946 0199', 'Grace Guest'));
    expect(guestsOf(world, 'aircall:call:1')).toEqual([{ id: 'g2', name: 'Grace Guest' }]);
    expect(guestsOf(world, 'aircall:call:2')).toBeUndefined();
  });

  test('two guests who share a number are both named', async () => {
    const world = ports();
    await put(world, guestWith('g2', 'Harry Host', ['+442079460103']));
    await put(world, callFrom('1', '+44 20 7946 0103'));
    await put(world, grace);
    expect(guestsOf(world, 'aircall:call:1')?.map(({ id }) => id)).toEqual(['g1', 'g2']);
  });

  test('a number that is taken from a guest, a guest who is removed or erased: the link goes', async () => {
    const world = ports();
    await put(world, callFrom('1', '+44 20 7946 0103'));
    await put(world, grace);
    await put(world, guestWith('g1', 'Grace Guest', ['12016665626']));
    expect(guestsOf(world, 'aircall:call:1')).toEqual([]);
    await put(world, grace);
    expect(guestsOf(world, 'aircall:call:1')).toHaveLength(1);
    await put(world, guestWith('g1', 'Grace Guest', ['+442079460103'], { deleted: true }));
    expect(guestsOf(world, 'aircall:call:1')).toEqual([]);
    await put(world, grace);
    await put(world, guestWith('g1', '', ['+442079460103'], { erased: true }));
    expect(guestsOf(world, 'aircall:call:1')).toEqual([]);
    expect(notes(world).map(({ key }) => key)).toEqual(['aircall:call:1']);
  });

  test('a guest who is renamed is renamed in their calls', async () => {
    const world = ports();
    await put(world, callFrom('1', '+44 20 7946 0103'));
    await put(world, grace);
    await put(world, guestWith('g1', 'Grace Married', ['+442079460103']));
    expect(guestsOf(world, 'aircall:call:1')).toEqual([{ id: 'g1', name: 'Grace Married' }]);
  });

  test('a withheld number links nobody and leaves nothing', async () => {
    const world = ports();
    await put(world, guestWith('g1', 'Grace Guest', ['anonymous']));
    await put(world, callFrom('1', 'anonymous'));
    expect(notes(world)).toEqual([]);
  });

  test("contacts' numbers are noted, for whoever must find them, and link nobody", async () => {
    const world = ports();
    await put(world, contactWith('c1', 'Grace', ['+44 20 7946 0103']));
    await put(world, callFrom('1', '+44 20 7946 0103'));
    expect(guestsOf(world, 'aircall:call:1')).toBeUndefined();
    expect(notes(world).find(({ kind }) => kind === 'contact')?.numbers).toEqual(['+442079460103']);
  });

  test('what is noted has the form that others read', async () => {
    const world = ports();
    await put(world, grace);
    expect(world.store.documents.get('phoneLinks/guesty:guest:g1')?.fields).toEqual({
      v: 1,
      key: 'guesty:guest:g1',
      kind: 'guest',
      numbers: ['+12016665626', '+442079460103'],
      guest: { id: 'g1', name: 'Grace Guest' },
      owed: [],
      comparisons: 1,
    });
  });

  test('the second time nothing is written', async () => {
    const world = ports();
    await put(world, grace);
    await put(world, callFrom('1', '+44 20 7946 0103'));
    const before = [...world.store.documents.values()].map(({ updateTime }) => updateTime);
    for (const key of ['guesty:guest:g1', 'aircall:call:1']) await link(world, key);
    expect([...world.store.documents.values()].map(({ updateTime }) => updateTime)).toEqual(before);
  });
});
