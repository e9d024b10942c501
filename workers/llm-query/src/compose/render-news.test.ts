import { describe, expect, test } from 'vitest';
import { render, stay, today } from '../../test/support/render.ts';
import { record } from '../../test/support/world.ts';

describe('calls and news', () => {
  const call = (callId: string, startedAt: string, more: object = {}) =>
    record(
      'call',
      callId,
      { callId, direction: 'inbound', stage: 'ended', startedAt, externalNumber: '+351912345678', ...more },
      'aircall',
    );
  const records = [
    call('1', '2026-11-21T08:00:00Z', { missedReason: 'no_available_agent', contactName: 'Mia Larsen' }),
    call('2', '2026-11-21T09:00:00Z', { agent: 'Otto' }),
    call('3', '2026-11-20T23:30:00Z', { missedReason: 'short_abandoned', hasVoicemail: true }),
  ];
  const calls = (filter: string) => ({ kind: 'calls', when: today, filter, form: 'list' });

  test('are those of the day on the line’s clock, without their numbers', () => {
    const text = render(calls('all'), records);
    expect(text).toContain('2 calls');
    expect(text).toContain('• Sat 21 Nov *08:00* · from Mia Larsen · missed · [open](https://aircall.example/calls/1/');
    expect(text).toContain('from number not shown in chat · with Otto');
    expect(text).not.toContain('912');
    expect(render(calls('missed'), records)).toContain(': 1 call\n');
    expect(render(calls('voicemail'), records)).toMatch(/: none\n_Searched: calls/u);
  });

  test('a caller whose number is a guest’s is called as that guest', () => {
    const linked = call('4', '2026-11-21T08:30:00Z', { guests: [{ id: 'g1', name: 'Amara Lindqvist' }] });
    expect(render(calls('all'), [linked])).toContain('from Amara Lindqvist · ');
  });

  test('since a moment: bookings by when their news came, talk by when it happened', () => {
    const plan = { kind: 'since', from: '2026-11-20T07:00:00Z', words: 'since 07:00' };
    const message = record('guest-message', 'p', {
      postId: 'p',
      author: 'guest',
      sentAt: '2026-11-20T10:00:00Z',
      text: 'The door code is 4711, call +351912345678',
    });
    const records = [stay('A', 'l-sea', '2026-12-01', '2026-12-03'), message, call('1', '2026-11-19T08:00:00Z')];
    const text = render(plan, records);
    expect(text).toContain('*Since 07:00*: 2 items (1 booking, 1 message)\n');
    expect(text).toContain('booking changed · *Sea View* · Guest A · Tue 1 Dec to Thu 3 Dec · confirmed · A');
    expect(text).not.toMatch(/4711|912/u);
    expect(render(plan, records, { scope: 'operations' })).toContain('Messages and calls are not shown in this room');
  });
});
