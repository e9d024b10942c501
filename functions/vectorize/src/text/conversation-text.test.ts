import { BusinessRecord, type RecordOf } from '@innkeeper/shared/domain/business-record';
import { describe, expect, it } from 'vitest';
import { toPayloads } from '../converge/points.ts';
import { callText, textMessageText } from './conversation-text.ts';

function record<K extends 'call' | 'text-message'>(kind: K, facts: object): RecordOf<K> {
  return BusinessRecord.parse({
    key: `aircall:${kind}:9`,
    source: 'aircall',
    kind,
    sourceId: '9',
    versions: { state: 1 },
    pipelineRevision: 1,
    receivedAt: '2026-11-21T09:00:00.000Z',
    deleted: false,
    provenance: { eventId: 'e', event: 'test', via: 'webhook' },
    facts,
  }) as RecordOf<K>;
}

const call = (facts: object) =>
  record('call', {
    callId: '9',
    direction: 'inbound',
    stage: 'ended',
    startedAt: '2026-11-21T14:05:00.000Z',
    line: { name: 'Front desk', timezone: 'Europe/Lisbon' },
    agent: 'Frida Example',
    externalNumber: '+442079460103',
    ...facts,
  });

const spoken = call({
  contactName: 'Grace Guest',
  menuChoices: ['Bookings', '2'],
  assignedTo: 'Sam Sample',
  summary: 'Arrives late and asks for the key.',
  topics: ['late arrival', 'key'],
  actionItems: ['Leave the light on'],
  transcript: [
    { by: 'team', atSeconds: 0.4, text: 'Front desk, good morning.' },
    { by: 'guest', text: 'We arrive at eleven. My number is +44 20 7946 0103.' },
    { by: 'team', text: 'The key box has code 4711.' },
  ],
});

describe('the text of a call', () => {
  it('has what was said, turn by turn, and what was made of it', () => {
    expect(callText(spoken).text).toBe(
      [
        'Call from Grace Guest on Saturday 21 November 2026 at 14:05 over the line Front desk. ' +
          'Answered by Frida Example. Chose Bookings, then 2 in the telephone menu. Assigned to Sam Sample.',
        'Summary: Arrives late and asks for the key.',
        'Topics: late arrival, key',
        'To do: Leave the light on',
        'Frida Example: Front desk, good morning.',
        'Grace Guest: We arrive at eleven. My number is +44 20 7946 0103.',
        'Frida Example: The key box has code 4711.',
      ].join('\n'),
    );
  });

  it('is found under the guest whose number it is, and keeps number and code to itself', () => {
    const linked = call({ ...spoken.facts, contactName: undefined, guests: [{ id: 'G1', name: 'Amara Lindqvist' }] });
    const searchable = callText(linked);
    expect(searchable.title).toBe('Call: Amara Lindqvist');
    expect(searchable.fields.guestNames).toEqual(['Amara Lindqvist']);
    const payloads = toPayloads({
      docKey: linked.key,
      kind: linked.kind,
      source: linked.source,
      version: 1,
      deleted: false,
      searchable,
    });
    expect(JSON.stringify(payloads)).not.toMatch(/7946|4711/u);
  });

  it('says whose number it is where the address book says something else', () => {
    const { text, fields } = callText(call({ contactName: 'Taxi', guests: [{ id: 'G1', name: 'Amara Lindqvist' }] }));
    expect(text).toContain('The number is that of Amara Lindqvist.');
    expect(fields.guestNames).toEqual(['Taxi', 'Amara Lindqvist']);
  });

  it('of an hour is cut between turns into chunks that all have its title', () => {
    const transcript = Array.from({ length: 400 }, (_, turn) => ({
      by: turn % 2 === 0 ? 'guest' : 'team',
      text: `This is what was said in turn number ${turn} of a very long call.`,
    }));
    const long = call({ contactName: 'Grace Guest', transcript });
    const payloads = toPayloads({
      docKey: long.key,
      kind: long.kind,
      source: long.source,
      version: 1,
      deleted: false,
      searchable: callText(long),
    });
    expect(payloads.length).toBeGreaterThan(10);
    for (const turn of [0, 199, 399]) {
      expect(payloads.some(payload => payload.text.includes(`turn number ${turn} of`))).toBe(true);
    }
    expect(new Set(payloads.map(payload => payload.title))).toEqual(new Set(['Call: Grace Guest']));
  });

  it('of a direction nobody has met names no direction', () => {
    expect(callText(call({ direction: 'internal' })).text).toMatch(/^Call with an unknown caller on /u);
  });
});

describe('the text of a text message', () => {
  const message = (facts: object) =>
    record('text-message', {
      messageId: '9',
      direction: 'outbound',
      channel: 'whatsapp',
      sentAt: '2026-11-21T20:15:00.000Z',
      text: 'See you soon.',
      ...facts,
    });

  it('says when it never arrived', () => {
    const { text, fields } = textMessageText(message({ contactName: 'Grace Guest', deliveryStatus: 'failed' }));
    expect(text).toBe(
      'Text message to Grace Guest by whatsapp, Saturday 21 November 2026 at 20:15. It was not delivered.\nSee you soon.',
    );
    expect(fields.status).toBe('failed');
    expect(textMessageText(message({ deliveryStatus: 'delivered' })).text).not.toContain('not delivered');
  });

  it('names the guest whose number it is, or several people', () => {
    expect(textMessageText(message({ guests: [{ id: 'G1', name: 'Amara Lindqvist' }] })).title).toBe(
      'Text message to Amara Lindqvist',
    );
    expect(textMessageText(message({ group: true, direction: 'inbound' })).title).toBe(
      'Text message from several people',
    );
  });
});
