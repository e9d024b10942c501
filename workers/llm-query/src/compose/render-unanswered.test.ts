import { describe, expect, test } from 'vitest';
import { render, stay } from '../../test/support/render.ts';
import { record } from '../../test/support/world.ts';

const message = (id: string, author: string, sentAt: string, more: object = {}) =>
  record('guest-message', id, {
    postId: id,
    conversationId: 'c1',
    reservationId: 'r-A',
    author,
    sentAt,
    text: `Text ${id}`,
    ...more,
  });
const plan = { kind: 'unanswered', homes: [], form: 'list' };
const booking = stay('A', 'l-sea', '2026-11-20', '2026-11-23', { guest: 'Mia Larsen' });

describe('unanswered guest messages', () => {
  test('are those after the last word of the team, the longest waiting first; automatic ones answer nobody', () => {
    const text = render(plan, [
      booking,
      message('1', 'guest', '2026-11-20T08:00:00Z'),
      message('2', 'host', '2026-11-20T09:00:00Z'),
      message('3', 'guest', '2026-11-20T10:00:00Z'),
      message('4', 'system', '2026-11-20T10:01:00Z'),
      message('5', 'guest', '2026-11-20T11:00:00Z', { text: 'Call +351 912 345 678' }),
      message('6', 'guest', '2026-11-20T07:00:00Z', { conversationId: 'c2', guestName: 'Jon Berg' }),
      message('7', 'host', '2026-11-20T07:30:00Z', { conversationId: 'c3' }),
      message('8', 'guest', '2026-11-20T07:10:00Z', { conversationId: 'c3' }),
    ]);
    const lines = text.split('\n');
    expect(lines[0]).toBe('*Unanswered guest messages* (the last 14 days): 2 conversations');
    expect(lines[1]).toMatch(/^• since Fri 20 Nov 07:00 · Jon Berg · \*Sea View\* · “Text 6” · \[booking A\]\(https:/u);
    expect(lines[2]).toContain('since Fri 20 Nov 10:00 · Mia Larsen · *Sea View* · 2 messages');
    expect(lines).toHaveLength(3);
    expect(text).not.toContain('912');
  });

  test('of older days are not counted, and none says where was searched', () => {
    expect(render(plan, [message('1', 'guest', '2026-11-01T08:00:00Z')])).toBe(
      '*Unanswered guest messages* (the last 14 days): none\n_Searched: guest messages in Guesty of every home._',
    );
  });

  test('are counted, and kept to the homes named', () => {
    const records = [booking, message('1', 'guest', '2026-11-20T08:00:00Z')];
    expect(render({ ...plan, homes: ['l-loft'], form: 'count' }, records)).toContain(': none\n');
    expect(render({ ...plan, homes: ['l-sea'], form: 'count' }, records)).toMatch(/: 1 conversation$/u);
  });

  test('are not for a room that sees no messages', () => {
    const text = render(plan, [message('1', 'guest', '2026-11-20T08:00:00Z')], { scope: 'operations' });
    expect(text).toContain('Guest messages are not shown in this room');
    expect(text).not.toContain('Text 1');
  });
});
