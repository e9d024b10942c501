import { recordKey } from '@innkeeper/shared/domain/ids';
import { WEBHOOK_BODY_BYTES_MAX } from '@innkeeper/shared/http-edge/json-post-edge';
import { describe, expect, test } from 'vitest';
import { type GuestyWorker, sign } from './start-guesty-worker.ts';

/** Signed bodies that no careful sender would send: each is answered below 500 and ends where a person finds it. */
export function describeOddBodies(worker: () => GuestyWorker): void {
  const home = { timezone: 'Europe/Vienna', defaultCheckInTime: '15:00', defaultCheckOutTime: '10:00' };
  const listing = (id: unknown, changes: object = {}) =>
    JSON.stringify({
      event: 'listing.updated',
      listing: { _id: id, ...home, nickname: 'Odd', lastUpdatedAt: '2026-11-20T09:00:00.000Z', ...changes },
    });
  async function fields(path: `${string}/${string}`): Promise<Record<string, unknown> | undefined> {
    const found = await worker().store.getAll([path]);
    if (!found.ok) throw new Error(found.error.detail);
    return found.value[0]?.fields;
  }
  const record = (id: string) => fields(`records/${recordKey('guesty', 'listing', id)}`);
  const send = async (body: string, id: string): Promise<number> => (await worker().deliver(body, { id })).status;

  describe('odd bodies', () => {
    test('ids of any characters are the ids of their records', async () => {
      const ids = ['a/b', '../..', '..', '.', '__x__', '100%', '%2F', 'ä 家 👋', 'line\nend', 'x'.repeat(256)];
      expect(new Set(await Promise.all(ids.map((id, index) => send(listing(id), `msg_id_${index}`))))).toEqual(
        new Set([200]),
      );
      await worker().quiet();
      for (const id of ids) expect(await record(id)).toMatchObject({ sourceId: id });
    });

    test.each([
      ['1,500 bytes', 'x'.repeat(1_500)],
      ['a number', 7],
      ['nothing', null],
    ])('an id of %s is parked by its path', async (what, id) => {
      const eventId = `msg_no_id_${what.replace(/\W/gu, '_')}`;
      expect(await send(listing(id), eventId)).toBe(200);
      await worker().quiet();
      expect(await fields(`parked/guesty-${eventId}`)).toMatchObject({ detail: 'unexpected: listing._id' });
    });

    test.each([
      ['timezone', 7],
      ['defaultCheckInTime', ['15:00']],
    ])('%s of another type than known is parked by its path', async (field, value) => {
      expect(await send(listing('wrong-type', { [field]: value }), `msg_type_${field}`)).toBe(200);
      await worker().quiet();
      expect(await fields(`events/msg_type_${field}`)).toMatchObject({ outcome: 'parked' });
      expect((await fields(`parked/guesty-msg_type_${field}`))?.['detail']).toBe(`unexpected: listing.${field}`);
    });

    test('delivery ids of any characters are one event each, whatever they are', async () => {
      const ids = ['a/b', '..', '__x__', '%2e%2e', 'x'.repeat(1_500), 'msg_odd.with-dots'];
      for (const id of [...ids, ...ids]) expect(await send(listing('delivery-ids', { title: id }), id)).toBe(200);
      await worker().quiet();
      const found = await worker().store.query({ collection: 'events' });
      const kept = found.ok
        ? found.value.filter(event => JSON.stringify(event.fields['payload']).includes('delivery-ids'))
        : [];
      expect(kept).toHaveLength(ids.length);
    });

    test('NUL, halves of letters, a key twice, numbers beyond all numbers', async () => {
      const texts = [
        listing('torn').replace('"Odd"', String.raw`"O\u0000\ud83d"`),
        listing('twice').replace('"nickname"', '"nickname":"First","nickname"'),
        listing('huge', { more: 'HUGE' }).replace('"HUGE"', `[1e400,${'9'.repeat(400)},-0]`),
      ];
      expect(await Promise.all(texts.map((text, index) => send(text, `msg_text_${index}`)))).toEqual([200, 200, 200]);
      await worker().quiet();
      expect(await record('torn')).toMatchObject({ facts: { nickname: 'O\u0000\uFFFD' } });
      expect(await record('twice')).toMatchObject({ facts: { nickname: 'Odd' } });
      expect(JSON.stringify((await fields('events/msg_text_2'))?.['payload'])).toContain('9'.repeat(400));
    });

    test('90 levels are kept, 1,000 are refused', async () => {
      const nested = (levels: number) =>
        listing('deep', { more: 'DEEP' }).replace('"DEEP"', `${'['.repeat(levels)}1${']'.repeat(levels)}`);
      expect(await send(nested(1_000), 'msg_too_deep')).toBe(400);
      expect(await send(nested(90), 'msg_deep')).toBe(200);
      await worker().quiet();
      const event = await fields('events/msg_deep');
      expect(event).toMatchObject({ outcome: 'written' });
      expect(JSON.stringify(event?.['payload'])).toContain('['.repeat(90));
    });

    test('bytes that are no UTF-8 are refused, though signed', async () => {
      const body = Buffer.from(listing('latin'), 'latin1');
      body[body.indexOf('Odd')] = 0xf6;
      const headers = { 'content-type': 'application/json', ...sign(body, 'msg_latin') };
      const answer = await fetch(`${worker().url}/webhooks/guesty`, { method: 'POST', headers, body });
      expect(answer.status).toBe(400);
    });

    test('an object with nothing in it, and one that says nothing but its event', async () => {
      expect(await send('{}', 'msg_nothing')).toBe(200);
      expect(await send('{"event":"reservation.updated.v2"}', 'msg_bare')).toBe(200);
      await worker().quiet();
      expect(await fields('events/msg_nothing')).toMatchObject({ outcome: 'unsupported', reason: 'unknown_event' });
      expect(await fields('parked/guesty-msg_bare')).toMatchObject({ detail: 'unexpected: data.reservationId' });
    });

    test('fields nobody knows are kept as they came', async () => {
      const later = { of: [{ a: 'later release' }] };
      await send(listing('later', { later }), 'msg_later');
      await worker().quiet();
      const payload = (await fields('events/msg_later'))?.['payload'] as { inline: string };
      expect(JSON.parse(payload.inline)).toMatchObject({ listing: { later } });
    });

    test('2 MiB to the byte are taken, one more is refused', async () => {
      const empty = listing('large', { padding: '' });
      const padded = (bytes: number) =>
        empty.replace('"padding":""', `"padding":"${'x'.repeat(bytes - empty.length)}"`);
      expect(await send(padded(WEBHOOK_BODY_BYTES_MAX), 'msg_largest')).toBe(200);
      expect(await send(padded(WEBHOOK_BODY_BYTES_MAX + 1), 'msg_too_large')).toBe(413);
      await worker().quiet();
      expect(await fields('events/msg_largest')).toMatchObject({
        payload: { r2Key: 'events/guesty/msg_largest.json' },
      });
    });

    test.each(['text/json', 'application/x-www-form-urlencoded', 'application/json/x', ''])(
      'content type %j is refused',
      async contentType => {
        const headers = { 'content-type': contentType };
        expect((await worker().deliver(listing('typed'), { headers })).status).toBe(415);
      },
    );
  });
}
