import { describe, expect, it } from 'vitest';
import { supersedes } from './version-guard.ts';

const there = (version: number) => ({ version, deleted: false });
const gone = (version: number) => ({ version, deleted: true });

describe('supersedes', () => {
  it.each([
    ['anything over nothing', there(1), undefined, true],
    ['a removal over nothing', gone(1), undefined, true],
    ['the newer over the older', there(2), there(1), true],
    ['never the older over the newer', there(1), there(2), false],
    ['a newer insert over an older removal', there(2), gone(1), true],
    ['never an older insert over a removal', there(1), gone(2), false],
    ['of two equal ones the removal', gone(1), there(1), true],
    ['of two equal ones never the one that was removed', there(1), gone(1), false],
    ['of two equal ones the later arrival', there(1), there(1), true],
  ])('lets win %s', (_rule, incoming, stored, wins) => {
    expect(supersedes(incoming, stored)).toBe(wins);
  });
});
