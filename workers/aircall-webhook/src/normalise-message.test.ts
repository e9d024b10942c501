import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import group from './__fixtures__/group_message.received.constructed.json' with { type: 'json' };
import sms from './__fixtures__/message.received.sms.constructed.json' with { type: 'json' };
import sent from './__fixtures__/message.sent.whatsapp.constructed.json' with { type: 'json' };
import delivered from './__fixtures__/message.status_updated.constructed.json' with { type: 'json' };
import { aircallConsumer } from './testing/aircall-consumer.ts';

const WHATSAPP = sent.data.id;
const withStatus = (status: string, seconds = 0) => ({
  ...delivered,
  timestamp: delivered.timestamp + seconds,
  data: { ...delivered.data, status },
});

describe('text messages', () => {
  test('an SMS: no channel, milliseconds', async () => {
    const at = aircallConsumer();
    await at.deliver(sms);
    expect(at.facts('text-message', sms.data.id)).toEqual({
      messageId: sms.data.id,
      direction: 'inbound',
      channel: 'sms',
      sentAt: '2026-11-20T08:04:59.123Z',
      text: 'Hi, our train is late, can we check in at 23:30?',
      contactName: 'Grace Guest',
      externalNumber: '+447700900123',
      deliveryStatus: 'received',
      attachments: 0,
      line: 'Front desk',
    });
  });

  test('a WhatsApp message without words, with a file whose link is not kept', async () => {
    const at = aircallConsumer();
    await at.deliver(sent);
    expect(at.facts('text-message', WHATSAPP)).toMatchObject({
      channel: 'whatsapp',
      text: '',
      attachments: 1,
      sentAt: '2026-11-20T08:06:40.480Z',
      deliveryStatus: 'pending',
    });
    expect(JSON.stringify(at.record('text-message', WHATSAPP))).not.toContain('http');
  });

  test('a picture without a channel is an MMS; among several people it says so', async () => {
    const at = aircallConsumer();
    await at.deliver(group);
    expect(at.facts('text-message', group.data.id)).toMatchObject({ channel: 'mms', group: true, attachments: 1 });
  });

  test('steps of one second end in the same state in any order, and twice', async () => {
    const steps = [sent, withStatus('sent'), withStatus('delivered'), withStatus('read', 3)];
    const outcome = async (events: object[]) => {
      const at = aircallConsumer();
      for (const event of events) await at.deliver(event);
      return at.facts('text-message', WHATSAPP);
    };
    const expected = await outcome(steps);
    expect(expected).toMatchObject({ deliveryStatus: 'read', sentAt: '2026-11-20T08:06:40.480Z', channel: 'whatsapp' });
    const anyOrder = fc.shuffledSubarray([...steps, ...steps], { minLength: steps.length * 2 });
    await fc.assert(
      fc.asyncProperty(anyOrder, async shuffled => {
        expect(await outcome(shuffled)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test('the fate of a message that was never seen is a record all the same, until the message comes', async () => {
    const at = aircallConsumer();
    await at.deliver(withStatus('failed'));
    expect(at.facts('text-message', WHATSAPP)).toMatchObject({ deliveryStatus: 'failed', text: '' });
    await at.deliver({ ...sent, data: { ...sent.data, body: 'See you soon' } });
    expect(at.facts('text-message', WHATSAPP)).toMatchObject({ deliveryStatus: 'failed', text: 'See you soon' });
  });

  test('words nobody has met are kept, and told once', async () => {
    const at = aircallConsumer();
    const data = { ...sms.data, channel: 'telegram', status: 'teleported', direction: 'sideways' };
    await at.deliver({ ...sms, data });
    await at.deliver({ ...sms, timestamp: sms.timestamp + 1, data });
    expect(at.facts('text-message', sms.data.id)).toMatchObject({
      channel: 'telegram',
      deliveryStatus: 'teleported',
      direction: 'sideways',
    });
    const told = at.logged.filter(line => line['event'] === 'value.unseen');
    expect(told.map(({ field, value }) => `${String(field)}=${String(value)}`)).toEqual([
      'message.direction=sideways',
      'message.status=teleported',
      'message.channel=telegram',
    ]);
  });

  test('what is no word is not told', async () => {
    const at = aircallConsumer();
    await at.deliver({ ...sms, data: { ...sms.data, status: 'call me on +44 7700 900123' } });
    expect(at.logged).toContainEqual(expect.objectContaining({ event: 'value.unseen', value: '(not a word)' }));
  });
});
