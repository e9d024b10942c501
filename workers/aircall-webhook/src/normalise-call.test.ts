import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import answered from './__fixtures__/call.answered.inbound.json' with { type: 'json' };
import created from './__fixtures__/call.created.inbound.json' with { type: 'json' };
import tagged from './__fixtures__/call.tagged.after-transfer.json' with { type: 'json' };
import { eventTable } from './events/event-table.ts';
import { aircallConsumer } from './testing/aircall-consumer.ts';

const CALL = answered.data.id;
const at = (seconds: number, event: string, data: object = {}) => ({
  ...answered,
  event,
  timestamp: answered.timestamp + seconds,
  data: { ...answered.data, ...data },
});
const after = async (...events: object[]) => {
  const consumer = aircallConsumer();
  for (const event of events) await consumer.deliver(event);
  return consumer.facts('call', CALL);
};

describe('the states of a call', () => {
  test('who waits is on hold until taken back or the call is over, however late the word comes', async () => {
    expect(await after(answered, at(5, 'call.hold'))).toMatchObject({ onHold: true });
    expect(await after(answered, at(5, 'call.hold'), at(9, 'call.unhold'))).not.toHaveProperty('onHold');
    expect(await after(at(9, 'call.hungup', { status: 'done' }), at(5, 'call.hold'))).not.toHaveProperty('onHold');
  });

  test('hold and unhold within one second are in the order in which they happen', async () => {
    expect(await after(at(5, 'call.unhold'), at(5, 'call.hold'))).not.toHaveProperty('onHold');
  });

  test('while it rings, nobody has taken it', async () => {
    const ringing = {
      ...created,
      event: 'call.ringing_on_agent',
      data: { ...created.data, user: { id: 1, name: 'Sam' } },
    };
    const consumer = aircallConsumer();
    await consumer.deliver(ringing);
    expect(consumer.facts('call', created.data.id)).toMatchObject({ stage: 'ringing' });
    expect(consumer.facts('call', created.data.id)).not.toHaveProperty('agent');
  });

  test('transfers: to a colleague, to a number outside, to nobody', async () => {
    const colleague = { transferred_to: { id: 1, name: 'Tomas Tester' } };
    expect(await after(at(3, 'call.transferred', colleague))).toMatchObject({ transferredTo: 'Tomas Tester' });
    const outside = { external_transferred_to: '+44 20 7946 0999' };
    expect(await after(at(3, 'call.external_transferred', outside))).toMatchObject({ transferredTo: '+442079460999' });
    const nobody = await after(at(3, 'call.unsuccessful_transfer', { transferred_to: {} }));
    expect(nobody).toMatchObject({ stage: 'answered' });
    expect(nobody).not.toHaveProperty('transferredTo');
  });

  test('choices in the menu, in order', async () => {
    const chosen = [
      { id: 'a', title: 'Bookings', key: '1', branch: 'main' },
      { id: 'b', title: null, key: '2' },
      { id: 'c', title: '' },
    ];
    expect(await after(at(0, 'call.ivr_option_selected', { ivr_options_selected: chosen }))).toMatchObject({
      menuChoices: ['Bookings', '2'],
    });
  });

  test('assigned, and taken from that person again; archived', async () => {
    const given = at(100, 'call.assigned', { assigned_to: { id: 1, name: 'Sam Sample' } });
    expect(await after(given)).toMatchObject({ assignedTo: 'Sam Sample' });
    expect(await after(given, at(101, 'call.assigned', { assigned_to: null }))).not.toHaveProperty('assignedTo');
    expect(await after(at(100, 'call.archived'))).toMatchObject({ archived: true });
  });

  test('a voicemail is known before its file is there', async () => {
    expect(await after(at(60, 'call.voicemail_left', { voicemail: null }))).toMatchObject({ hasVoicemail: true });
  });

  test.each([
    ['milliseconds', { started_at: 1_646_391_174_000 }],
    ['text', { started_at: '2022-03-04T10:52:54Z' }],
  ])('a call that says its times in %s', async (_what, data) => {
    expect(await after(at(0, 'call.answered', data))).toMatchObject({ startedAt: '2022-03-04T10:52:54.000Z' });
  });

  test.each([1_646_391_189_123, '2022-03-04T10:53:09.123Z'])('an envelope whose time is %s', async timestamp => {
    expect(await after({ ...answered, timestamp })).toMatchObject({ stage: 'answered' });
  });

  test('words nobody has met are kept or leave it to the event, and are told', async () => {
    const consumer = aircallConsumer();
    const data = { ...answered.data, direction: 'internal', status: 'parked', missed_call_reason: 'solar_flare' };
    await consumer.deliver({ ...answered, data });
    expect(consumer.facts('call', CALL)).toMatchObject({
      direction: 'internal',
      stage: 'answered',
      missedReason: 'solar_flare',
    });
    const told = consumer.logged.filter(line => line['event'] === 'value.unseen').map(line => line['field']);
    expect(told).toEqual(['call.direction', 'call.status', 'call.missed_call_reason']);
  });

  test.each(['a/b%c', '../x', 'ünï-✓', '__x__', '9'.repeat(200)])('an id like %s', async id => {
    const consumer = aircallConsumer();
    await consumer.deliver({ ...answered, data: { ...answered.data, id } });
    expect([...consumer.store.documents.keys()].filter(path => path.startsWith('records/'))).toHaveLength(1);
    expect(consumer.parked()).toEqual([]);
  });

  test.each([
    ['data.id', { id: 1e21 }],
    ['data.id', { id: 'a\u0000b' }],
    ['data.id', { id: 'x'.repeat(201) }],
    ['data.direction', { direction: 7 }],
    ['data.started_at', { started_at: 'yesterday' }],
    ['data.started_at', { started_at: null }],
    ['data.duration', { duration: '11' }],
    ['data.comments.0.content', { comments: [{ id: 1, content: null }] }],
    ['data.number.time_zone', { number: { time_zone: 1 } }],
    ['data.user', { user: [] }],
  ])('%s of another kind than expected is named, its value is not', async (path, data) => {
    const consumer = aircallConsumer();
    expect(await consumer.deliver(at(0, 'call.answered', data))).toEqual(['acknowledged']);
    expect(consumer.parked()).toMatchObject([{ reason: 'payload_unexpected', detail: `unexpected: ${path}` }]);
  });
});

test('no body crashes the mapping, whatever stands in its fields', async () => {
  const keys = Object.keys({ ...tagged.data, body: 0, channel: 0, media_url: 0, call_id: 0, substatus: 0, status: 0 });
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(1, -1, 1e300, '', '\u0000', '\ud800'));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(eventTable)),
      fc.oneof(fc.constant(1), value),
      fc.dictionary(fc.constantFrom(...keys), value),
      fc.boolean(),
      async (event, timestamp, data, isWhole) => {
        const consumer = aircallConsumer();
        const payload = { event, timestamp, data: isWhole ? { ...tagged.data, ...data } : data };
        expect(await consumer.deliver(payload)).toEqual(['acknowledged']);
      },
    ),
    { numRuns: 150 },
  );
});
