import { describe, expect, test } from 'vitest';
import { lisbon, render, stay } from '../../test/support/render.ts';
import { listing, record } from '../../test/support/world.ts';

describe('what is not shown', () => {
  test('of a home leads to who is there, else to who comes next', () => {
    const plan = { kind: 'not_shown', detail: 'access_code', homes: ['l-sea'] };
    const next = stay('NEXT', 'l-sea', '2026-11-24', '2026-11-26');
    expect(render(plan, [next])).toContain('[booking NEXT]');
    const both = render(plan, [next, stay('NOW', 'l-sea', '2026-11-20', '2026-11-23')]);
    expect(both).toContain('[booking NOW]');
    expect(both).not.toContain('NEXT');
  });

  test('is refused with the reason and a link that code built', () => {
    const text = render({ kind: 'not_shown', detail: 'access_code', name: 'Larsen', homes: [] }, [
      stay('A', 'l-sea', '2026-11-25', '2026-11-28', { guest: 'Mia Larsen' }),
    ]);
    expect(text).toContain('Door, lockbox and alarm codes are not shown in chat.');
    expect(text).toContain('[booking A](https://guesty.example/reservations/r-A/summary)');
  });
});

describe('a telephone number', () => {
  const call = (id: string, startedAt: string, contactName: string) =>
    record(
      'call',
      id,
      { callId: id, direction: 'inbound', stage: 'ended', startedAt, contactName, externalNumber: '+351912345678' },
      'aircall',
    );
  const calls = [
    call('1', '2026-11-19T08:00:00Z', 'Mia Larsen'),
    call('2', '2026-11-20T14:05:00Z', 'Mia Larsen'),
    call('3', '2026-11-20T15:00:00Z', 'Jon Berg'),
    call('4', '2026-10-20T15:00:00Z', 'Otto Falk'),
  ];
  const phone = (name: string) => ({ kind: 'not_shown', detail: 'phone', name, homes: [] });
  const booked = stay('A', 'l-sea', '2026-11-25', '2026-11-28', { guest: 'Mia Larsen' });

  test('is opened in the booking and in the last call, which code links', () => {
    const text = render(phone('Larsen'), [booked, ...calls]);
    expect(text).toContain('[booking A](https://guesty.example/reservations/r-A/summary)');
    expect(text).toContain(
      '• last call: Fri 20 Nov *14:05* · from Mia Larsen · [open](https://aircall.example/calls/2/',
    );
    expect(text.split('\n')).toHaveLength(3);
    expect(text).not.toContain('912');
  });

  test('of somebody who only called is opened in the call alone', () => {
    expect(render(phone('Jon Berg'), [booked, ...calls])).toMatch(
      /^Telephone numbers are not shown in chat\. To see it, open:\n• last call: .*calls\/3\//u,
    );
  });

  test('leads to no call of weeks ago, and to none in a room that hears of none', () => {
    expect(render(phone('Otto Falk'), calls)).toContain(
      'I found nothing under “Otto Falk”. Open the booking in Guesty',
    );
    expect(render(phone('Larsen'), [booked, ...calls], { scope: 'operations' })).not.toMatch(/aircall|14:05/u);
  });
});

describe('asking back', () => {
  test('names the homes that fit, or those there are', () => {
    expect(render({ kind: 'which_home', words: 'sea', choices: ['l-sea', 'l-loft'] }, [])).toBe(
      'Which “sea”? *Sea View* or *Loft 3*?',
    );
    expect(render({ kind: 'unknown_home', words: '@all castle' }, [])).toMatch(
      /^I know no home called “＠all castle”/u,
    );
    expect(render({ kind: 'unclear' }, [])).toContain("I don't know");
    expect(render({ kind: 'unclear', order: true }, [])).toMatch(/^I only answer questions/u);
    const days = (fault: string, words: string) => render({ kind: 'unclear', days: { words, fault } }, []);
    expect(days('no_such_day', '31 @all')).toBe('There is no “31 ＠all” in the calendar. Which day do you mean?');
    expect(days('backwards', '24 to 21 November')).toBe(
      'The days “24 to 21 November” run backwards. Which ones do you mean?',
    );
  });

  test('names no more homes than are read, and how many there are besides', () => {
    const homes = Array.from({ length: 300 }, (_, at) => listing(`l-${at}`, `Home ${at}`, lisbon));
    const text = render({ kind: 'unknown_home', words: 'castle' }, [], { homes });
    expect(text).toMatch(/\*Home 0\*.* and 270 more\.$/u);
    expect(text.match(/\*Home/gu)).toHaveLength(30);
  });
});

describe('help', () => {
  const help = (scope: 'full' | 'operations'): string => render({ kind: 'help' }, [], { scope });

  test('names what works in this room, with examples', () => {
    expect(help('full')).toContain('`missed` calls · unanswered messages');
    expect(help('full')).toMatch(/who is checking in today.*`tomorrow`.*\n.*turnovers on Saturday/u);
    expect(help('operations')).not.toMatch(/`missed`|unanswered/u);
    expect(help('operations')).toContain('messages and calls are not shown in this room');
  });
});
