import { VENDOR_READ_EVENT, type VendorRead } from '@innkeeper/shared/contracts/vendor-read';
import { consumeDeliveries } from '@innkeeper/shared/ingest/consume-deliveries';
import { queuedMessage } from '@innkeeper/shared/testing/queued-message';
import { describe, expect, test } from 'vitest';
import hungup from './__fixtures__/call.hungup.inbound-missed.json' with { type: 'json' };
import page from './__fixtures__/rest.calls.page.constructed.json' with { type: 'json' };
import { aircallConsumer } from './testing/aircall-consumer.ts';

const [call] = page.calls;
const READ_AT = '2026-11-21T08:59:00.000Z';

function rig() {
  const at = aircallConsumer();
  let reads = 0;
  const read = async (said: Partial<VendorRead>) => {
    const payload: VendorRead = {
      event: VENDOR_READ_EVENT,
      kind: 'call',
      readBeganAt: READ_AT,
      purpose: 'reconcile',
      jobId: 'job',
      value: call ?? {},
      ...said,
    };
    reads += 1;
    const eventId = `read-${reads}`;
    const body = { inline: JSON.stringify(payload) };
    const message = queuedMessage({ v: 1, source: 'aircall', eventId, receivedAt: READ_AT, body });
    await consumeDeliveries(at.ports, at.source, [message]);
    return message.fate;
  };
  return { ...at, read };
}

describe('a line of a list takes the same way as a webhook', () => {
  test('a call as the REST API shows it', async () => {
    const at = rig();
    expect(await at.read({ purpose: 'backfill' })).toBe('acknowledged');
    expect(at.record('call', 812)).toMatchObject({
      provenance: { via: 'backfill', event: VENDOR_READ_EVENT },
      facts: {
        stage: 'ended',
        direction: 'outbound',
        durationSeconds: 11,
        externalNumber: '+18001234567',
        comments: [{ id: '735', at: '2020-04-27T13:40:08.000Z' }],
      },
    });
  });

  test('a contact', async () => {
    const at = rig();
    await at.read({
      kind: 'contact',
      value: { id: 9, first_name: 'Ana', phone_numbers: [{ value: '+351 21 000 0000' }] },
    });
    expect(at.record('contact', 9)).toMatchObject({
      provenance: { via: 'reconcile' },
      facts: { firstName: 'Ana', phones: ['+351210000000'] },
    });
  });

  test('heals what no webhook told, and loses against one that is newer', async () => {
    const at = rig();
    const during = (event: string, data: object, timestamp: number) => ({
      ...hungup,
      event,
      timestamp,
      data: { ...hungup.data, ...data },
    });
    const readAt = Date.parse(READ_AT) / 1000;
    await at.deliver(during('call.created', { status: 'initial', ended_at: null }, readAt - 60));
    await at.read({ value: { ...hungup.data, status: 'done', tags: [{ id: 1, name: 'Key' }] } });
    expect(at.facts('call', hungup.data.id)).toMatchObject({ stage: 'ended', tags: [{ name: 'Key' }] });
    await at.deliver(during('call.untagged', { status: 'done', tags: [] }, readAt));
    await at.read({ value: { ...hungup.data, status: 'done', tags: [{ id: 1, name: 'Key' }] } });
    expect(at.facts('call', hungup.data.id)).toMatchObject({ tags: [] });
  });

  test('does not take away what only events tell', async () => {
    const at = rig();
    await at.deliver(hungup);
    const told = at.facts('call', hungup.data.id);
    const { time_zone: _zone, ...number } = hungup.data.number;
    await at.read({ value: { ...hungup.data, number, contact: null } });
    expect(at.facts('call', hungup.data.id)).toEqual({ ...(told as object), stage: 'ended' });
  });

  test.each<[string, Partial<VendorRead>]>([
    ['unexpected: kind', { kind: 'reservation' }],
    ['unexpected: value.started_at', { value: { ...call, started_at: 'soon' } }],
    ['unexpected: value.id', { kind: 'contact', value: {} }],
    ['unexpected: jobId', { jobId: '' }],
  ])('%s: parked with the field', async (detail, said) => {
    const at = rig();
    await at.read(said);
    expect(at.parked()).toMatchObject([{ reason: 'payload_unexpected', detail }]);
  });
});
