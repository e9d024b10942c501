import { recordKey } from '@innkeeper/shared/domain/ids';
import { WEBHOOK_BODY_BYTES_MAX } from '@innkeeper/shared/http-edge/json-post-edge';
import { describe, expect, test } from 'vitest';
import { type AircallWorker, fixture, TOKEN } from './start-aircall-worker.ts';

/** Authentic bodies that no careful sender would send: each is answered below 500 and ends where a person finds it. */
export function describeOddBodies(worker: () => AircallWorker): void {
  const contact = (id: unknown, changes: object = {}) => ({
    event: 'contact.updated',
    timestamp: 1_795_160_000,
    token: TOKEN,
    data: { id, first_name: 'Nora', phone_numbers: [], emails: [], ...changes },
  });
  /** What became of the one delivery whose kept payload has this in it. */
  async function eventWith(text: string): Promise<Record<string, unknown> | undefined> {
    await worker().quiet();
    const events = await worker().contents('events');
    return events.find(({ fields }) => JSON.stringify(fields['payload']).includes(text))?.fields;
  }
  async function record(kind: 'contact' | 'call', id: string): Promise<Record<string, unknown> | undefined> {
    const path = `records/${recordKey('aircall', kind, id)}` as const;
    const found = await worker().store.getAll([path]);
    return found.ok ? found.value[0]?.fields : undefined;
  }
  const parkedDetail = async (event: Record<string, unknown> | undefined): Promise<unknown> => {
    const found = await worker().store.getAll([`parked/aircall-${String(event?.['eventId'])}`]);
    return found.ok ? found.value[0]?.fields['detail'] : undefined;
  };

  describe('odd bodies', () => {
    test('ids of any characters are the ids of their records', async () => {
      const ids = ['a/b', '../..', '..', '.', '__x__', '100%', '%2F', 'ä 家 👋', 'x'.repeat(200), '9007199254740993'];
      const answers = await Promise.all(ids.map(id => worker().deliver(contact(id))));
      expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]));
      await worker().quiet();
      for (const id of ids) expect(await record('contact', id)).toMatchObject({ sourceId: id });
    });

    test('long numbers are not rounded into one another', async () => {
      for (const id of ['90071992547409931', '90071992547409932']) {
        const text = JSON.stringify(contact('ID')).replace('"ID"', id);
        expect((await worker().post(text)).status).toBe(200);
      }
      await worker().quiet();
      expect(await record('contact', '90071992547409931')).toBeDefined();
      expect(await record('contact', '90071992547409932')).toBeDefined();
    });

    test.each([
      ['1,500 bytes', 'x'.repeat(1_500)],
      ['NUL', 'odd\u0000id'],
      ['a list', ['odd-list']],
      ['nothing', null],
    ])('an id of %s is parked by its path', async (what, id) => {
      expect((await worker().deliver(contact(id, { company_name: `odd id ${what}` }))).status).toBe(200);
      const event = await eventWith(`odd id ${what}`);
      expect([event?.['outcome'], await parkedDetail(event)]).toEqual(['parked', 'unexpected: data.id']);
    });

    test.each([
      ['first_name', 7],
      ['emails', 'one@example.com'],
      ['phone_numbers', [{ value: 49 }]],
    ])('%s of another type than known is parked by its path', async (field, value) => {
      const marker = `wrong type of ${field}`;
      await worker().deliver(contact(`odd ${field}`, { company_name: marker, [field]: value }));
      const event = await eventWith(marker);
      expect(event?.['outcome']).toBe('parked');
      expect(await parkedDetail(event)).toContain(`data.${field}`);
    });

    test('a moment may be in seconds, in milliseconds or ISO 8601', async () => {
      const at = 1_795_160_000;
      const written = [at, at * 1000, new Date(at * 1000).toISOString(), String(at)];
      const call = fixture('call.answered.inbound');
      for (const [index, moment] of written.entries()) {
        const data = { ...(call['data'] as object), id: 7_700 + index, started_at: moment };
        await worker().deliver({ ...call, timestamp: moment, data });
      }
      await worker().quiet();
      const starts = await Promise.all(written.map((_moment, index) => record('call', String(7_700 + index))));
      expect(starts.map(stored => (stored?.['facts'] as Record<string, unknown> | undefined)?.['startedAt'])).toEqual(
        written.map(() => '2026-11-20T07:33:20.000Z'),
      );
    });

    test('NUL and halves of letters in a text reach the record as far as they can be text', async () => {
      const text = JSON.stringify(contact('torn')).replace('"Nora"', String.raw`"N\u0000\ud83d"`);
      expect((await worker().post(text)).status).toBe(200);
      await worker().quiet();
      expect(await record('contact', 'torn')).toMatchObject({ facts: { firstName: 'N\u0000\uFFFD' } });
    });

    test('bytes that are no UTF-8 are refused', async () => {
      const [before, after] = JSON.stringify(contact('latin')).split('Nora');
      const latin = Buffer.concat([Buffer.from(`${before}N`), Buffer.from([0xf6]), Buffer.from(`ra${after}`)]);
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${worker().url}/webhooks/aircall`, { method: 'POST', headers, body: latin });
      expect(answer.status).toBe(400);
    });

    test('90 levels are kept, 1,000 are refused', async () => {
      const nested = (levels: number) =>
        JSON.stringify(contact('deep', { company_name: 'ninety levels', more: 'DEEP' })).replace(
          '"DEEP"',
          `${'['.repeat(levels)}1${']'.repeat(levels)}`,
        );
      expect((await worker().post(nested(1_000))).status).toBe(400);
      expect((await worker().post(nested(90))).status).toBe(200);
      expect(await eventWith('ninety levels')).toMatchObject({ outcome: 'written' });
    });

    test('of a key that is there twice the last one counts', async () => {
      const text = JSON.stringify(contact('twice')).replace('"first_name"', '"first_name":"First","first_name"');
      expect((await worker().post(text)).status).toBe(200);
      await worker().quiet();
      expect(await record('contact', 'twice')).toMatchObject({ facts: { firstName: 'Nora' } });
    });

    test('numbers beyond all numbers spoil nothing', async () => {
      const text = JSON.stringify(contact('huge', { more: 'HUGE' })).replace(
        '"HUGE"',
        `[1e400,-1e400,${'9'.repeat(400)}]`,
      );
      expect((await worker().post(text)).status).toBe(200);
      expect(JSON.stringify((await eventWith('1e400'))?.['payload'])).toContain('9'.repeat(400));
    });

    test('an envelope with nothing in it, and one that says nothing but its event', async () => {
      expect((await worker().deliver({})).status).toBe(401);
      expect((await worker().deliver({ token: TOKEN })).status).toBe(200);
      expect((await worker().deliver({ token: TOKEN, event: 'call.ended', only: 'its event' })).status).toBe(200);
      const event = await eventWith('its event');
      expect([event?.['outcome'], await parkedDetail(event)]).toEqual(['parked', 'unexpected: timestamp, data']);
    });

    test('an event nobody knows, and fields nobody knows, are kept as they came', async () => {
      await worker().deliver({ ...contact('later'), event: 'call.dreamt', later: { of: ['a later release'] } });
      expect(await eventWith('a later release')).toMatchObject({ outcome: 'unsupported', reason: 'unknown_event' });
      await worker().deliver(contact('later', { nested: { of: 'a newer release' } }));
      expect(await eventWith('a newer release')).toMatchObject({ outcome: 'written' });
    });

    test('a word that nobody has seen is kept as it came', async () => {
      const call = fixture('call.ended.inbound-missed-voicemail');
      const data = { ...(call['data'] as object), id: 7_800, missed_call_reason: 'agents_on_the_moon' };
      await worker().deliver({ ...call, data });
      await worker().quiet();
      expect(await record('call', '7800')).toMatchObject({ facts: { missedReason: 'agents_on_the_moon' } });
    });

    test('2 MiB to the byte are taken, one more is refused', async () => {
      const empty = JSON.stringify(contact('large', { padding: '' }));
      const padded = (bytes: number) =>
        empty.replace('"padding":""', `"padding":"${'x'.repeat(bytes - empty.length)}"`);
      expect((await worker().post(padded(WEBHOOK_BODY_BYTES_MAX))).status).toBe(200);
      expect((await worker().post(padded(WEBHOOK_BODY_BYTES_MAX + 1))).status).toBe(413);
      await worker().quiet();
      expect(await record('contact', 'large')).toMatchObject({ facts: { firstName: 'Nora' } });
    });

    test.each([
      'text/json',
      'application/jsonp',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json/x',
      '',
    ])('content type %j is refused', async contentType => {
      expect((await worker().post(JSON.stringify(contact('typed')), { 'content-type': contentType })).status).toBe(415);
    });

    test.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/vnd.aircall+json'])(
      'content type %j is JSON',
      async contentType => {
        const answer = await worker().post(JSON.stringify(contact('typed')), { 'content-type': contentType });
        expect(answer.status).toBe(200);
      },
    );
  });
}
