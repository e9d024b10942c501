import { describe, expect, test } from 'vitest';
import type { Deployment } from '../deploy/deployment.ts';
import type { Journal } from '../journal/journal.ts';

export const exampleDeployment = (changes: Partial<Deployment> = {}): Deployment => ({
  format: 1,
  id: 'first',
  environment: 'staging',
  who: 'ada',
  commit: 'a'.repeat(40),
  startedAt: '2026-11-22T06:00:00.000Z',
  expiresAt: '2026-11-22T07:00:00.000Z',
  sequence: 1,
  stages: ['workers', 'verify'],
  direction: 'forward',
  done: [],
  open: [],
  stuck: [],
  before: { 'worker/llm-query': 'version-1', 'worker/new': null },
  after: {},
  contracts: { workers: { interaction: { writes: 1, reads: [1] } } },
  warnings: ['Schedules — and “quotes” — survive.'],
  ...changes,
});

/** What every `Journal` owes its callers; run against the one in memory and the one in Cloud Storage. */
export function describeJournalContract(name: string, makeJournal: () => Promise<Journal>): void {
  describe(`${name} keeps the journal’s contract`, () => {
    test('nothing is there before the first deployment', async () => {
      const journal = await makeJournal();
      expect(await journal.read()).toEqual({ ok: true, value: { deployment: undefined, generation: '0' } });
    });

    test('what was written is read, with the generation that the write answered', async () => {
      const journal = await makeJournal();
      const written = await journal.write(exampleDeployment(), '0');
      expect(written).toMatchObject({ ok: true });
      const generation = written.ok ? written.value : '';
      expect(await journal.read()).toEqual({ ok: true, value: { deployment: exampleDeployment(), generation } });
    });

    test('the first write needs that nothing is there', async () => {
      const journal = await makeJournal();
      await journal.write(exampleDeployment(), '0');
      const second = await journal.write(exampleDeployment({ id: 'second' }), '0');
      expect(second).toEqual({ ok: false, error: { kind: 'conflict' } });
      expect(await journal.read()).toMatchObject({ value: { deployment: { id: 'first' } } });
    });

    test('an old generation writes nothing, the newest does', async () => {
      const journal = await makeJournal();
      const first = await journal.write(exampleDeployment(), '0');
      const generation = first.ok ? first.value : '';
      const second = await journal.write(exampleDeployment({ sequence: 2 }), generation);
      expect(second).toMatchObject({ ok: true });
      expect(await journal.write(exampleDeployment({ sequence: 3 }), generation)).toEqual({
        ok: false,
        error: { kind: 'conflict' },
      });
      expect(await journal.read()).toMatchObject({ value: { deployment: { sequence: 2 } } });
      expect(await journal.write(exampleDeployment({ sequence: 3 }), second.ok ? second.value : '')).toMatchObject({
        ok: true,
      });
    });

    test('of many at once one wins', async () => {
      const journal = await makeJournal();
      const writes = ['a', 'b', 'c', 'd'].map(id => journal.write(exampleDeployment({ id }), '0'));
      const won = (await Promise.all(writes)).filter(({ ok }) => ok);
      expect(won).toHaveLength(1);
    });
  });
}
