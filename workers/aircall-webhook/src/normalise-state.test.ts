import { describe, expect, test } from 'vitest';
import removed from './__fixtures__/integration.deleted.constructed.json' with { type: 'json' };
import numberSample from './__fixtures__/number.closed.doc-sample.json' with { type: 'json' };
import numberClosed from './__fixtures__/number.closed.json' with { type: 'json' };
import closed from './__fixtures__/user.closed.v2.constructed.json' with { type: 'json' };
import { aircallConsumer } from './testing/aircall-consumer.ts';

describe('state of the telephone system', () => {
  test('a team member: name and state, no address', async () => {
    const at = aircallConsumer();
    await at.deliver(closed);
    await at.deliver({ ...closed, event: 'user.wut_start.v2', timestamp: closed.timestamp - 20 });
    await at.deliver({ ...closed, event: 'user.wut_end.v2', timestamp: closed.timestamp - 10 });
    expect(at.facts('team-member', 700001)).toEqual({
      userId: '700001',
      name: 'Frida Example',
      availability: 'out_for_lunch',
      open: false,
      wrappingUp: false,
    });
  });

  test('closed twice within a second for two reasons is two events', async () => {
    const at = aircallConsumer();
    await at.deliver(closed, { ...closed, data: { ...closed.data, substatus: 'on_a_break' } });
    expect(at.events()).toHaveLength(2);
  });

  test('a line: its number, zone and whether it takes calls', async () => {
    const at = aircallConsumer();
    await at.deliver(numberClosed);
    const opened = { ...numberClosed, event: 'number.opened', timestamp: numberClosed.timestamp + 60 };
    // What the object says of itself is stale on some lines; the event is believed.
    await at.deliver(opened);
    expect(at.facts('phone-line', 400003)).toEqual({
      lineId: '400003',
      name: 'Dutch line',
      number: '+31850000001',
      timezone: 'Europe/Amsterdam',
      open: true,
    });
  });

  test('a line as the vendor documents it', async () => {
    const at = aircallConsumer();
    await at.deliver(numberSample);
    expect(at.facts('phone-line', 456)).toMatchObject({
      number: '+33176360695',
      timezone: 'Europe/Paris',
      open: false,
    });
  });

  test.each([
    ['user.deleted.v2', closed, 'team-member', 700001],
    ['number.deleted', numberClosed, 'phone-line', 400003],
    ['integration.deleted', removed, 'integration', 9001],
  ])('%s is for good', async (event, payload, kind, id) => {
    const at = aircallConsumer();
    await at.deliver({ ...payload, event });
    await at.deliver({ ...payload, timestamp: payload.timestamp + 100 });
    expect(at.record(kind, id)).toMatchObject({ deleted: true });
  });
});
