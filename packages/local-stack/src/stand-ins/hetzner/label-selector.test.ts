import { describe, expect, it } from 'vitest';
import { parseLabelSelector } from './label-selector.ts';

const labels = { role: 'backup', run: '2026-11-21', empty: '' };

describe('label selectors', () => {
  it.each([
    ['role', true],
    ['colour', false],
    ['!colour', true],
    ['!role', false],
    ['role=backup', true],
    ['role==backup', true],
    ['role = backup', true],
    ['role=web', false],
    ['empty=', true],
    ['role=', false],
    ['role!=web', true],
    ['role!=backup', false],
    ['colour!=red', true],
    ['role in (web, backup)', true],
    ['role in (web,db)', false],
    ['colour in ()', false],
    ['role notin (web,db)', true],
    ['role notin (backup)', false],
    ['colour notin (red)', true],
    ['role=backup,run=2026-11-21', true],
    ['role in (web,backup),!colour', true],
    ['role=backup,colour', false],
  ])('%s is %s', (selector, expected) => {
    expect(parseLabelSelector(selector)?.(labels)).toBe(expected);
  });

  it.each(['', ',role', 'role=a b', 'role ~ x', 'role in web', '=backup', 'role in (a', '!', 'role=backup,'])(
    '%j is none',
    selector => {
      expect(parseLabelSelector(selector)).toBeUndefined();
    },
  );
});
