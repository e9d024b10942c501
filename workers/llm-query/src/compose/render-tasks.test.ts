import { describe, expect, test } from 'vitest';
import { lisbon, render, stay, today } from '../../test/support/render.ts';
import { listing, record } from '../../test/support/world.ts';

const task = (id: string, title: string, status: string, more: object = {}) =>
  record('task', id, { taskId: id, title, status, listingId: 'l-sea', ...more });
const plan = (more: object = {}) => ({
  kind: 'tasks',
  when: today,
  which: 'all',
  state: 'all',
  homes: [],
  form: 'list',
  ...more,
});
const records = [
  task('a', 'Clean Sea View', 'pending', { startsAt: '2026-11-21T10:30:00Z', assignee: 'Rosa Lima' }),
  task('b', 'Repair boiler', 'completed', { mustFinishBefore: '2026-11-21T15:00:00Z' }),
  task('c', 'Reinigung', 'confirmed', { startsAt: '2026-11-19T10:00:00Z' }),
  task('d', 'Bring towels', 'pending'),
  task('e', 'Clean Loft', 'canceled', { startsAt: '2026-11-21T12:00:00Z', listingId: 'l-loft' }),
  task('f', 'Clean Loft', 'pending', { startsAt: '2026-11-22T12:00:00Z', listingId: 'l-loft' }),
];
const titles = (text: string): string[] => [...text.matchAll(/\* · ([^·]+): \w+/gu)].map(([, title]) => title ?? '');

describe('tasks', () => {
  test('are those due on the days, by time, each with how it stands', () => {
    const text = render(plan(), records);
    expect(text).toContain('*Tasks today* (Sat 21 Nov): 3 tasks, 1 open\n');
    expect(text).toContain('• Sat 21 Nov *10:30* · *Sea View* · Clean Sea View: pending · assigned to Rosa Lima');
    expect(titles(text)).toEqual(['Clean Sea View', 'Clean Loft', 'Repair boiler']);
  });

  test('that are open count whenever they were due, and without a time too', () => {
    const text = render(plan({ state: 'open' }), records);
    expect(text).toContain('(Sat 21 Nov, open, overdue ones too): 3 tasks\n');
    expect(text).toContain('• Thu 19 Nov *10:00* · overdue · *Sea View* · Reinigung: confirmed');
    expect(text).toContain('• no time recorded · *Sea View* · Bring towels: pending');
  });

  test('of one kind are told by their titles, in several languages', () => {
    const text = render(plan({ which: 'cleaning', state: 'open' }), records);
    expect(text).toContain('*Cleaning today* (Sat 21 Nov, open, overdue ones too, by their titles): 2 tasks');
    expect(titles(render(plan({ which: 'maintenance' }), records))).toEqual(['Repair boiler']);
  });

  test('are of the homes named, and none says what was searched', () => {
    expect(render(plan({ homes: ['l-loft'], form: 'count' }), records)).toBe(
      '*Tasks today* (Sat 21 Nov, Loft 3): 1 task, 0 open',
    );
    expect(render(plan({ homes: ['l-garden'] }), records)).toMatch(
      /: none\n_Searched: tasks of \*Garden Studio\*\._$/u,
    );
  });

  test('fall on the day of their home’s clock, also in the night the clocks change', () => {
    const homes = [listing('l-sea', 'Sea View', lisbon), listing('l-ny', 'Hudson', 'America/New_York')];
    const day = (date: string) => ({ words: '', byToday: { [date]: { from: date, to: date } } });
    const late = [
      task('n', 'Clean', 'pending', { startsAt: '2026-10-25T23:30:00Z' }),
      task('y', 'Clean', 'pending', { startsAt: '2026-10-25T03:30:00Z', listingId: 'l-ny' }),
    ];
    const options = { homes, askedAt: '2026-10-25T12:00:00Z' };
    const text = render(plan({ when: day('2026-10-25') }), late, options);
    expect(text).toContain('Sun 25 Oct *23:30* (Lisbon)');
    expect(text).not.toContain('Hudson');
  });

  test('show first names only where surnames are not shown', () => {
    expect(render(plan(), records, { scope: 'operations' })).toContain('assigned to Rosa\n');
    const named = task('n', 'Clean for Mia LARSEN', 'pending', { startsAt: '2026-11-21T10:30:00Z' });
    const guest = stay('A', 'l-sea', '2026-11-21', '2026-11-23', { guest: 'Mia Larsen' });
    expect(render(plan(), [named, guest], { scope: 'operations' })).toContain('Clean for Mia L.: pending');
    expect(render(plan(), [named, guest])).toContain('Clean for Mia LARSEN: pending');
  });
});
