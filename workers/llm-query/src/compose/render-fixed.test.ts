import { describe, expect, test } from 'vitest';
import { render, stay } from '../../test/support/render.ts';

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

describe('asking back', () => {
  test('names the homes that fit, or those there are', () => {
    expect(render({ kind: 'which_home', words: 'sea', choices: ['l-sea', 'l-loft'] }, [])).toBe(
      'Which “sea”? *Sea View* or *Loft 3*?',
    );
    expect(render({ kind: 'unknown_home', words: '@all castle' }, [])).toMatch(
      /^I know no home called “@\u200ball castle”/u,
    );
    expect(render({ kind: 'unclear' }, [])).toContain("I don't know");
    expect(render({ kind: 'help' }, [])).toContain('today');
  });
});
