import { describe, expect, test } from 'vitest';
import created from '../__fixtures__/call.created.inbound.json' with { type: 'json' };
import contact from '../__fixtures__/contact.created.json' with { type: 'json' };
import integration from '../__fixtures__/integration.deleted.constructed.json' with { type: 'json' };
import sms from '../__fixtures__/message.received.sms.constructed.json' with { type: 'json' };
import number from '../__fixtures__/number.closed.json' with { type: 'json' };
import summary from '../__fixtures__/summary.created.constructed.json' with { type: 'json' };
import transcription from '../__fixtures__/transcription.created.constructed.json' with { type: 'json' };
import user from '../__fixtures__/user.opened.v1.json' with { type: 'json' };
import { aircallConsumer } from '../testing/aircall-consumer.ts';
import { eventTable, rowOf, SUBSCRIBED_EVENTS } from './event-table.ts';

/** A real payload of the family, under the name of any of its events. */
const samples: Record<string, { readonly timestamp: number; readonly data: object }> = {
  call: created,
  contact,
  message: sms,
  group_message: sms,
  number,
  user,
  integration,
  transcription,
  summary,
  topics: summary,
  sentiment: summary,
  action_item: summary,
};
const events = Object.keys(eventTable);
const sampleOf = (event: string) => ({ ...(samples[event.split('.')[0] ?? ''] ?? summary), event });

describe('the table of Aircall’s events', () => {
  test.each(events)('%s becomes what its row says, or is kept as its row says', async event => {
    const at = aircallConsumer();
    expect(await at.deliver(sampleOf(event))).toEqual(['acknowledged']);
    const row = rowOf(event);
    const isMapped = row !== undefined && 'becomes' in row;
    const [stored] = at.events();
    expect(stored?.outcome).toBe(isMapped ? (row.reads === undefined ? 'written' : 'marked') : 'unsupported');
    expect(stored?.reason).toBe(isMapped ? undefined : 'named_unsupported');
    expect(at.gate.marks.map(mark => mark.subject)).toEqual(isMapped ? (row.reads ?? []) : []);
    expect(at.parked()).toEqual([]);
  });

  test('a subscription asks for what is mapped and for nothing else', () => {
    expect(SUBSCRIBED_EVENTS).toContain('call.ended');
    expect(SUBSCRIBED_EVENTS).toContain('transcription.created');
    expect(SUBSCRIBED_EVENTS).not.toContain('user.opened');
    expect(SUBSCRIBED_EVENTS).toHaveLength(
      events.filter(event => 'becomes' in eventTable[event as 'call.ended']).length,
    );
  });

  test('every line of it can be printed in one row', () => {
    for (const row of Object.values(eventTable)) {
      const words = 'becomes' in row ? row.becomes : row.unsupported;
      expect(words).toMatch(/^[^|\n]{10,120}$/u);
    }
  });

  test.each([
    ['an event nobody has decided about', { event: 'call.teleported', timestamp: 1, data: { id: 1 } }],
    ['an event that reads like a property of objects', { event: 'constructor', timestamp: 1, data: {} }],
    ['a body without an event', { resource: 'call', data: {} }],
  ])('%s is kept and told to operators', async (_what, payload) => {
    const at = aircallConsumer();
    await at.deliver(payload);
    expect(at.events().map(({ outcome, reason }) => ({ outcome, reason }))).toEqual([
      { outcome: 'unsupported', reason: 'unknown_event' },
    ]);
    expect(at.logged.map(line => line['event'])).toContain('event.unknown');
  });

  test('an insight marks its call, with the time and the delivery that told of it', async () => {
    const at = aircallConsumer();
    await at.deliver(summary);
    expect(at.gate.marks).toEqual([
      {
        subject: 'call-summary',
        id: '900000010',
        seenAtMs: 1_795_161_830_000,
        lane: 'live',
        cause: {
          eventId: at.events()[0]?.eventId,
          event: 'summary.created',
          receivedAt: '2026-11-21T09:00:00.000Z',
        },
      },
    ]);
  });

  test('an insight that does not say of which call is parked with the field', async () => {
    const at = aircallConsumer();
    await at.deliver({ ...summary, data: { id: 5002, content: 'text' } });
    expect(at.parked()).toMatchObject([{ reason: 'payload_unexpected', detail: 'unexpected: data.call_id' }]);
  });

  test('while the gate takes nothing, the delivery waits', async () => {
    const at = aircallConsumer();
    at.gate.down = true;
    expect(await at.deliver(summary)).toEqual([{ delaySeconds: expect.any(Number) as number }]);
    expect(at.events()).toEqual([]);
  });
});
