import { describe, expect, it } from 'vitest';
import { isOlder, roomFor } from './preflight.ts';

describe('the version of restic', () => {
  it.each([
    ['0.18.1', true],
    ['0.19.0', true],
    ['0.19.1', false],
    ['0.19.10', false],
    ['0.20.0', false],
    ['1.0.0', false],
  ])('%s is older than 0.19.1: %s', (version, older) => {
    expect(isOlder(version, '0.19.1')).toBe(older);
  });
});

describe('room on the disk', () => {
  const GIB = 2 ** 30;
  const previous = { bytes: { mongodb: 4 * GIB, keycloak: GIB, files: 100 * GIB }, files: {} };
  const work = { sampleShare: 0.01, drill: false, prune: false };

  it('is for the sample on ordinary days, for everything on days of a drill', () => {
    expect(roomFor({ work })).toBe(GIB / 2);
    expect(roomFor({ previous, work })).toBe(1.5 * GIB);
    expect(roomFor({ previous, work: { ...work, drill: true } })).toBe(110.5 * GIB);
  });
});
