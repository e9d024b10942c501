import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import answered from './__fixtures__/call.answered.inbound.json' with { type: 'json' };
import assets from './__fixtures__/call.comm_assets_generated.constructed.json' with { type: 'json' };
import commented from './__fixtures__/call.commented.json' with { type: 'json' };
import sparse from './__fixtures__/call.created.doc-sample-2024.json' with { type: 'json' };
import created from './__fixtures__/call.created.inbound.json' with { type: 'json' };
import outbound from './__fixtures__/call.created.outbound.json' with { type: 'json' };
import missed from './__fixtures__/call.ended.inbound-missed-voicemail.json' with { type: 'json' };
import outboundEnded from './__fixtures__/call.ended.outbound.json' with { type: 'json' };
import hungup from './__fixtures__/call.hungup.inbound-missed.json' with { type: 'json' };
import tagged from './__fixtures__/call.tagged.after-transfer.json' with { type: 'json' };
import contactCreated from './__fixtures__/contact.created.json' with { type: 'json' };
import contactUpdated from './__fixtures__/contact.updated.constructed.json' with { type: 'json' };
import { eventIdOf } from './event-id.ts';
import { aircallConsumer } from './testing/aircall-consumer.ts';

describe('calls', () => {
  test('a missed call with a voicemail: reason, times, no link that expires', async () => {
    const at = aircallConsumer();
    await at.deliver(missed);
    expect(at.facts('call', 900000002)).toEqual({
      callId: '900000002',
      direction: 'inbound',
      stage: 'ended',
      missedReason: 'agents_did_not_answer',
      startedAt: '2022-03-04T10:28:59.000Z',
      endedAt: '2022-03-04T10:29:16.000Z',
      durationSeconds: 17,
      line: { name: 'Front desk', timezone: 'Europe/Vienna' },
      externalNumber: '+442079460103',
      hasVoicemail: true,
      hasRecording: false,
      tags: [],
      comments: [],
    });
    expect(JSON.stringify(at.store.documents.get('records/aircall:call:900000002')?.fields)).not.toContain('http');
  });

  test('a call with a contact and a recording', async () => {
    const at = aircallConsumer();
    await at.deliver(assets);
    expect(at.facts('call', 900000010)).toMatchObject({
      contactName: 'Grace Guest',
      contactId: '80000002',
      agent: 'Frida Example',
      hasRecording: true,
    });
  });

  test('a call the team made, from its events in the wrong order', async () => {
    const at = aircallConsumer();
    await at.deliver(outboundEnded);
    await at.deliver(outbound);
    expect(at.facts('call', outbound.data.id)).toMatchObject({
      direction: 'outbound',
      stage: 'ended',
      agent: outbound.data.user.name,
      line: { name: outbound.data.number.name },
    });
  });

  test('a call whose user, contact and number are empty objects', async () => {
    const at = aircallConsumer();
    await at.deliver(sparse);
    const facts = at.facts('call', 123);
    expect(facts).toMatchObject({ direction: 'outbound', stage: 'created', externalNumber: '+18001234567' });
    for (const absent of ['agent', 'contactName', 'contactId', 'line']) expect(facts).not.toHaveProperty(absent);
  });

  test('comments, tags and a transfer', async () => {
    const at = aircallConsumer();
    await at.deliver(commented);
    expect(at.facts('call', 900000003)).toMatchObject({
      transferredTo: 'Tomas Tester',
      tags: [{ id: '60001', name: 'Late check-in' }],
      comments: [{ id: '82000001', by: 'Frida Example', at: '2022-03-04T10:57:49.000Z' }],
    });
  });

  test('the events of a call end in the same record in any order, and twice', async () => {
    const outcome = async (events: object[], batch: boolean) => {
      const at = aircallConsumer();
      if (batch) await at.deliver(...events);
      else for (const event of events) await at.deliver(event);
      const { facts, stamps, versions } = at.record('call', 900000003) ?? {};
      return { facts, stamps, versions };
    };
    const untagged = {
      ...tagged,
      event: 'call.untagged',
      timestamp: tagged.timestamp + 10,
      data: { ...tagged.data, tags: [] },
    };
    const late = { ...created, data: { ...answered.data, status: 'initial', answered_at: null } };
    const events = [late, answered, tagged, untagged, commented];
    const expected = await outcome(events, false);
    expect(expected.facts).toMatchObject({ stage: 'ended', answeredAt: '2022-03-04T10:53:09.000Z' });
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
        fc.boolean(),
        async (shuffled, batch) => {
          expect(await outcome(shuffled, batch)).toEqual(expected);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('a hang-up is not the end yet, and an end is never taken back', async () => {
    const at = aircallConsumer();
    await at.deliver(hungup);
    expect(at.facts('call', 900000002)).toMatchObject({ stage: 'hungup' });
    await at.deliver(missed);
    await at.deliver(created);
    expect(at.facts('call', 900000002)).toMatchObject({ stage: 'ended', hasVoicemail: true, durationSeconds: 17 });
  });

  test('a tag taken off is gone, and stays gone when an older event comes late', async () => {
    const at = aircallConsumer();
    const untagged = {
      ...tagged,
      event: 'call.untagged',
      timestamp: tagged.timestamp + 5,
      data: { ...tagged.data, tags: [] },
    };
    await at.deliver(untagged);
    await at.deliver(tagged);
    expect(at.facts('call', 900000003)).toMatchObject({ tags: [] });
  });

  test('a withheld number stays unknown', async () => {
    const at = aircallConsumer();
    await at.deliver({ ...created, data: { ...created.data, raw_digits: 'anonymous' } });
    expect(at.facts('call', 900000002)).not.toHaveProperty('externalNumber');
  });

  test('a call without what a call must have is parked, naming the fields and no values', async () => {
    const at = aircallConsumer();
    const { direction: _gone, ...rest } = created.data;
    expect(await at.deliver({ ...created, data: { ...rest, raw_digits: '+44 7700 900123' } })).toEqual([
      'acknowledged',
    ]);
    const parked = [...at.store.documents.values()].find(document => document.path.startsWith('parked/'));
    expect(parked?.fields).toMatchObject({ reason: 'payload_unexpected', detail: 'unexpected: data.direction' });
  });
});

describe('contacts', () => {
  test('a contact is kept, and its removal is for good', async () => {
    const at = aircallConsumer();
    await at.deliver(contactCreated);
    expect(at.facts('contact', 80000001)).toMatchObject({
      lastName: 'Neighbour',
      emails: ['nora@example.com'],
      phones: [],
    });
    await at.deliver({ ...contactCreated, event: 'contact.deleted', timestamp: contactCreated.timestamp + 1 });
    await at.deliver({ ...contactCreated, event: 'contact.updated', timestamp: contactCreated.timestamp + 2 });
    expect(at.record('contact', 80000001)).toMatchObject({ deleted: true });
  });

  test('times as text, numbers replaced, a company taken away', async () => {
    const at = aircallConsumer();
    await at.deliver(contactUpdated);
    await at.deliver(contactCreated);
    expect(at.facts('contact', 80000001)).toEqual({
      contactId: '80000001',
      firstName: 'Nora',
      lastName: 'Neighbour',
      phones: ['+447700900456'],
      emails: [],
    });
  });

  test('the removal of a contact that was never seen is remembered', async () => {
    const at = aircallConsumer();
    await at.deliver({ resource: 'contact', event: 'contact.deleted', timestamp: 9, data: { id: 5 } });
    await at.deliver({ ...contactCreated, data: { ...contactCreated.data, id: 5 } });
    expect(at.record('contact', 5)).toMatchObject({ deleted: true, facts: { lastName: 'Neighbour' } });
  });
});

describe('the identity of a delivery', () => {
  test('tells two comments made within one second apart', async () => {
    const at = aircallConsumer();
    const second = { ...commented.data.comments[0], id: 82000002, content: 'And a cot, please' };
    await at.deliver(commented);
    await at.deliver({ ...commented, data: { ...commented.data, comments: [...commented.data.comments, second] } });
    expect(at.facts('call', 900000003)).toMatchObject({ comments: [{ id: '82000001' }, { id: '82000002' }] });
  });

  test('is the same for a repeat, another for another event, thing or second', async () => {
    const ids = await Promise.all([
      eventIdOf({ ...created, data: { ...created.data, duration: 99 } }),
      eventIdOf(created),
      eventIdOf({ ...created, event: 'call.answered' }),
      eventIdOf({ ...created, timestamp: created.timestamp + 1 }),
      eventIdOf({ ...created, data: { id: 1 } }),
      eventIdOf({ event: 'summary.created', timestamp: 1, data: { call_id: 1 } }),
      eventIdOf({ something: 'else' }),
    ]);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(6);
    for (const id of ids) expect(id).toMatch(/^aircall-[0-9a-f]{64}$/u);
  });
});
