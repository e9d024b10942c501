import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { describe, expect, test } from 'vitest';
import { homesAt } from '../evaluate/homes.ts';
import { nearestPassages } from './nearest-passages.ts';
import { passagesOf } from './passage.ts';

const context = {
  homes: homesAt([], Date.parse('2026-11-21T09:00:00Z')),
  bookings: [],
  thisYear: '2026',
  full: true,
};

const record = (kind: 'call' | 'text-message', facts: object, deleted = false) =>
  BusinessRecord.parse({
    key: `aircall:${kind}:9`,
    source: 'aircall',
    kind,
    sourceId: '9',
    versions: { state: 1 },
    pipelineRevision: 1,
    receivedAt: '2026-11-21T09:00:00.000Z',
    deleted,
    provenance: { eventId: 'e', event: 'test', via: 'webhook' },
    facts,
  });

const facts = {
  callId: '9',
  direction: 'inbound',
  stage: 'ended',
  startedAt: '2026-11-21T08:05:00.000Z',
  line: { timezone: 'Europe/London' },
  agent: 'Frida Example',
  contactName: 'Grace Guest',
  externalNumber: '+442079460103',
  comments: [{ id: '1', text: 'Sounded tired.', by: 'Sam Sample' }],
  summary: 'Arrives late.',
  actionItems: ['Leave the light on', 'Send the map'],
  transcript: [
    { by: 'team', text: 'Front desk, good morning.' },
    { by: 'guest', text: 'We arrive at eleven, my number is +44 20 7946 0103.' },
    { by: 'unknown', text: 'The key box has code 4711.' },
  ],
};

describe('what of a call may be quoted', () => {
  test('comments, summary, promises and what was said, each with who, whose call and when', () => {
    const passages = passagesOf([record('call', facts)], context);
    expect(passages.map(({ about, text }) => [about, text])).toEqual([
      ['Sam Sample on the call from Grace Guest, Sat 21 Nov 08:05', 'Sounded tired.'],
      ['summary of the call from Grace Guest, Sat 21 Nov 08:05', 'Arrives late.'],
      ['to do after the call from Grace Guest, Sat 21 Nov 08:05', 'Leave the light on\nSend the map'],
      [
        'said on the call from Grace Guest, Sat 21 Nov 08:05',
        expect.stringMatching(/^Frida Example: Front desk, good morning\.\nGrace Guest: We arrive at eleven/u),
      ],
    ]);
    expect(JSON.stringify(passages)).not.toMatch(/7946|4711/u);
  });

  test('a caller without a name is called as the guest whose number it is', () => {
    const { contactName: _unnamed, ...rest } = facts;
    const named = passagesOf([record('call', { ...rest, guests: [{ id: 'G1', name: 'Amara Lindqvist' }] })], context);
    expect(named[0]?.about).toContain('call from Amara Lindqvist');
    const text = { messageId: '9', direction: 'sideways', channel: 'sms', sentAt: facts.startedAt, text: 'Hello' };
    expect(passagesOf([record('text-message', text)], context)[0]?.about).toMatch(/^text with an unknown number, /u);
  });

  test('nothing of one that is gone', () => {
    expect(passagesOf([record('call', facts, true)], context)).toEqual([]);
  });

  test('a long conversation is cut between turns, none of them lost', () => {
    const transcript = Array.from({ length: 200 }, (_, turn) => ({
      by: 'guest',
      text: `Sentence ${turn} of a long talk.`,
    }));
    const passages = passagesOf([record('call', { ...facts, transcript })], context);
    const said = passages.map(passage => passage.text).join('\n');
    for (const turn of [0, 1, 50, 199]) expect(said).toContain(`Sentence ${turn} of a long talk.`);
    for (const passage of passages) expect(passage.text.length).toBeLessThanOrEqual(1_200);
  });

  test('and of it only what is nearest to the question is told to the model', () => {
    const transcript = Array.from({ length: 400 }, (_, turn) => ({
      by: 'guest',
      text:
        turn === 333 ? 'Could we borrow a bicycle on Sunday?' : `Sentence ${turn} about nothing in particular at all.`,
    }));
    const passages = passagesOf([record('call', { ...facts, transcript })], context);
    const near = nearestPassages('did Grace ask for a bicycle?', passages);
    expect(passages.length).toBeGreaterThan(12);
    expect(near).toHaveLength(8);
    expect(near.some(passage => passage.text.includes('bicycle'))).toBe(true);
    expect(near).toEqual(passages.filter(passage => near.includes(passage)));
  });
});
