import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Backing, SUITES } from './suites.ts';
import { replaceSuitesTable, suitesTable } from './suites-table.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const TEST_FILES = globSync('{packages,functions,services,workers}/*/{src,test}/**/*.test.ts', { cwd: ROOT });

/** By what a test file imports to get at the server. */
const REACHED: Partial<Record<Backing, RegExp>> = {
  MongoDB: /^import \{[^}]*\b(?:reachMongo|runSchedules)\b/mu,
  Qdrant: /^import \{[^}]*\breachQdrant\b/mu,
  'Rocket.Chat': /^import \{[^}]*\b(?:reachRocketChat|reachAdministration)\b/mu,
};

describe('the list of suites', () => {
  test('has every file that runs a port’s contract', () => {
    // Deliveries and subscriptions are no ports; their contracts are for the Workers.
    const running = TEST_FILES.filter(file => /^\s*(?:describe\w+|\w+Store)Contract\(/mu.test(read(file)));
    expect(running.length).toBeGreaterThan(20);
    const listed = new Set(SUITES.map(({ file }) => file));
    expect(
      running.filter(file => !listed.has(file)),
      'belong into scripts/nightly/contracts/suites.ts',
    ).toEqual([]);
  });

  test('names files that are there, each once', () => {
    const files = SUITES.map(({ file }) => file);
    expect(files.filter(file => !TEST_FILES.includes(file))).toEqual([]);
    expect(new Set(files).size).toBe(files.length);
  });

  test('says MongoDB, Qdrant or Rocket.Chat of those files that ask the environment for it, and of no others', () => {
    for (const [backing, pattern] of Object.entries(REACHED)) {
      const asking = TEST_FILES.filter(file => pattern.test(read(file)));
      const listed = SUITES.filter(({ on }) => on === backing).map(({ file }) => file);
      expect([backing, listed.toSorted()]).toEqual([backing, asking.toSorted()]);
    }
  });

  test('is the table in the guide', () => {
    const guide = read('services/README.md');
    // When not: node scripts/nightly/suites-table.ts
    expect(replaceSuitesTable(guide, suitesTable(SUITES))).toBe(guide);
  });
});
