import { ErasureOrder } from '@innkeeper/shared/contracts/backup/erasure-order';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { DocumentPath, DocumentStore, DocumentWrite } from '@innkeeper/shared/ports/document-store';
import { err } from '@innkeeper/shared/result/result';
import { type InMemoryDocumentStore, inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryTeamChat } from '@innkeeper/shared/testing/in-memory-team-chat';
import { describe, expect, test } from 'vitest';
import { GRACE, houseWithGuests, POST, TEAM_MESSAGE, TRACES_OF_GRACE } from '../testing/house-with-guests.ts';
import { erasePerson, type Survey, survey } from './erase-person.ts';
import { findCandidates } from './find-guest.ts';

async function house() {
  const business = await houseWithGuests();
  const ops = inMemoryDocumentStore();
  const chat = inMemoryTeamChat();
  chat.addRoom('team', 'private');
  for (const messageId of [POST, 'answer-harry']) {
    await chat.sendMessage({ messageId, roomId: 'team', text: `yellow boots, says ${messageId}` });
  }
  return { business, ops, chat };
}
type House = Awaited<ReturnType<typeof house>>;

const portsOf = (world: House, store: DocumentStore = world.business) => ({
  ...world,
  business: store,
  store,
  now: () => Date.parse('2026-11-21T10:00:00.000Z'),
  random: () => 0,
  wait: () => Promise.resolve(),
});

async function surveyed(world: House): Promise<Survey> {
  const found = await survey(portsOf(world), GRACE);
  if (!found.ok) throw new Error(found.error);
  return found.value;
}

async function erase(world: House, store?: DocumentStore) {
  return erasePerson(portsOf(world, store), GRACE, await surveyed(world));
}

const paths = (store: InMemoryDocumentStore, except: readonly string[] = []): string[] =>
  [...store.documents.values()]
    .filter(({ fields, path }) => TRACES_OF_GRACE.test(JSON.stringify(fields)) && !except.includes(path))
    .map(({ path }) => path);

const ordersIn = ({ ops }: House): ErasureOrder[] =>
  [...ops.documents.values()].flatMap(({ path, fields }) =>
    path.startsWith('erasures/') ? [ErasureOrder.parse(fields)] : [],
  );

describe('erasing a guest', () => {
  test('leaves nothing of theirs anywhere but in what people wrote, which is listed', async () => {
    const world = await house();
    const before = await surveyed(world);
    expect(before.traces.toDecide.chatMessages.map(({ messageId }) => messageId)).toEqual([TEAM_MESSAGE]);
    const erased = await erase(world);
    if (!erased.ok) throw new Error(erased.error);
    expect(paths(world.business, [`chatMessages/${TEAM_MESSAGE}`])).toEqual([]);
    expect(paths(world.ops)).toEqual([]);
    expect(world.chat.messages.map(({ text }) => text)).toEqual(['(erased)', 'yellow boots, says answer-harry']);
    expect(erased.value.done).toMatchObject({
      events: 5,
      parked: 1,
      interactions: 1,
      posts: 1,
      postsGone: 0,
      links: 4,
    });
  });

  test('keeps that the home was taken, and everybody else as they were', async () => {
    const world = await house();
    const others = [...world.business.documents.values()].filter(({ fields }) =>
      /harry|"casa azul"|g-grace-000003/iu.test(JSON.stringify(fields)),
    );
    expect(others.length).toBeGreaterThan(7);
    await erase(world);
    for (const { path, updateTime } of others)
      expect(world.business.documents.get(path)?.updateTime).toEqual(updateTime);
    const stay = BusinessRecord.parse(world.business.documents.get('records/guesty:reservation:r-000001')?.fields);
    expect(stay).toMatchObject({
      erased: true,
      deleted: false,
      facts: { status: 'confirmed', stay: [{ checkInDate: '2026-11-21' }] },
    });
    expect(stay.facts).not.toHaveProperty('guestName');
    expect(stay.facts).not.toHaveProperty('confirmationCode');
  });

  test('leaves an order that names every place and not the person', async () => {
    const world = await house();
    await erase(world);
    const [order] = ordersIn(world);
    expect(JSON.stringify(order)).not.toMatch(/grace guest|7946|boots/iu);
    const places = order?.effects.map(effect => (effect.store === 'mongodb' ? effect.id : effect.path)) ?? [];
    expect(places).toEqual(
      expect.arrayContaining([
        `records/guesty:guest:${GRACE}`,
        'records/guesty:reservation:r-000001',
        'records/aircall:call:900000001',
        'records/aircall:contact:80000001',
        'events/by-number',
        'interactions/q-grace',
        `chatMessages/${POST}`,
        'phoneLinks/aircall:call:900000001',
        POST,
      ]),
    );
    expect(places.some(place => /harry|r-000002|900000002/u.test(place))).toBe(false);
  });

  test('and the order takes them out of a database that was restored from before', async () => {
    const world = await house();
    await erase(world);
    const restored = await houseWithGuests();
    for (const effect of ordersIn(world).flatMap(({ effects }) => effects)) {
      if (effect.store !== 'firestore' || !restored.documents.has(effect.path)) continue;
      const path = effect.path as DocumentPath;
      const write: DocumentWrite =
        effect.set === undefined ? { op: 'delete', path } : { op: 'merge', path, fields: effect.set };
      expect((await restored.commit([write])).ok).toBe(true);
    }
    expect(paths(restored, [`chatMessages/${TEAM_MESSAGE}`])).toEqual([]);
    const records = [...restored.documents.values()].filter(({ path }) => path.startsWith('records/'));
    for (const { path, fields } of records) {
      expect(BusinessRecord.parse(fields).erased).toBe(
        BusinessRecord.parse(world.business.documents.get(path)?.fields).erased,
      );
    }
  });

  test('again changes nothing', async () => {
    const world = await house();
    await erase(world);
    const once = [...world.business.documents.values()].map(({ fields }) => JSON.stringify(fields));
    const again = await erase(world);
    expect(again.ok).toBe(true);
    expect([...world.business.documents.values()].map(({ fields }) => JSON.stringify(fields))).toEqual(once);
  });

  test('cut off at any write, and done again: nothing is left', async () => {
    for (let writes = 0; ; writes += 1) {
      const world = await house();
      let left = writes;
      const cut: DocumentStore = {
        ...world.business,
        commit: asked => {
          left -= 1;
          return left < 0
            ? Promise.resolve(err({ kind: 'unavailable', detail: 'cut off' }))
            : world.business.commit(asked);
        },
      };
      const first = await erase(world, cut);
      const second = await erase(world);
      expect(second.ok).toBe(true);
      expect(paths(world.business, [`chatMessages/${TEAM_MESSAGE}`])).toEqual([]);
      const places = ordersIn(world).flatMap(({ effects }) => effects);
      expect(places.filter(({ store }) => store === 'firestore').length).toBeGreaterThanOrEqual(17);
      if (first.ok) break;
    }
  });

  test('while the chat is away says so, and the order is there already', async () => {
    const world = await house();
    world.chat.failWith({ kind: 'unavailable', detail: 'down' });
    const erased = await erase(world);
    expect(erased.ok ? '' : erased.error).toContain('down');
    expect(ordersIn(world)).toHaveLength(1);
    world.chat.failWith(undefined);
    expect((await erase(world)).ok).toBe(true);
    expect(paths(world.business, [`chatMessages/${TEAM_MESSAGE}`])).toEqual([]);
  });
});

describe('looking for a guest', () => {
  test.each([
    ['phone', '020 7946 0103', [GRACE]],
    ['email', 'GRACE@example.com', [GRACE]],
    ['name', 'grace guest', [GRACE, 'g-grace-000003']],
    ['name', 'nobody', []],
  ] as const)('by %s %j lists who fits and chooses nobody', async (by, words, ids) => {
    const { business } = await house();
    const found = await findCandidates(business, { by, words }, 'GB');
    expect(found.ok && found.value.map(({ guestId }) => guestId).sort()).toEqual([...ids]);
  });
});
