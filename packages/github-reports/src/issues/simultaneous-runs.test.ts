import { err, type Result } from '@innkeeper/shared/result/result';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GitHubProblem } from '../github/github-problem.ts';
import { createInMemoryIssueStore, type InMemoryIssueStore } from '../testing/in-memory-issue-store.ts';
import { type Finding, readMark } from './finding.ts';
import type { IssueStore } from './issue-store.ts';
import { reportFinding } from './report-finding.ts';

/**
 * Several runs report the same at the same moment. fast-check decides whose request GitHub handles next, and which runs
 * die or lose an answer; a failure prints seed and path, with which `fc.assert(…, { seed, path })` plays it again.
 */
const KEY = 'deploy/prod';
const found = (text: string): Finding => ({ key: KEY, title: 'The deployment failed', body: text });

/** At the request of that number a run dies, or loses the answer, before or after it was carried out. */
interface Fate {
  readonly atRequest: number;
  readonly carriedOut: boolean;
  readonly what: 'dies' | 'loses the answer';
}
const arbitraryFate = fc.option(
  fc.record({
    atRequest: fc.integer({ min: 0, max: 6 }),
    carriedOut: fc.boolean(),
    what: fc.constantFrom('dies', 'loses the answer'),
  }),
  { nil: undefined },
);

class RunDied extends Error {}
const LOST: Result<never, GitHubProblem> = err({ kind: 'unreachable', sentence: 'no answer came' });

function asSeenByRun(store: IssueStore, scheduler: fc.Scheduler, fate: Fate | undefined): IssueStore {
  let requests = 0;
  const through = async <T>(ask: () => Promise<Result<T, GitHubProblem>>): Promise<Result<T, GitHubProblem>> => {
    const isFate = fate !== undefined && requests++ === fate.atRequest;
    await scheduler.schedule(Promise.resolve());
    if (!isFate) return ask();
    if (fate.carriedOut) await ask();
    if (fate.what === 'dies') throw new RunDied();
    return LOST;
  };
  return {
    listOpen: () => through(() => store.listOpen()),
    open: draft => through(() => store.open(draft)),
    replace: (number, draft) => through(() => store.replace(number, draft)),
    comment: (number, text) => through(() => store.comment(number, text)),
    close: (number, reason) => through(() => store.close(number, reason)),
  };
}

const openOnes = (store: InMemoryIssueStore) =>
  [...store.rows.values()].filter(row => row.isOpen && readMark(row.body)?.key === KEY);

async function play(scheduler: fc.Scheduler, fates: readonly (Fate | undefined)[]): Promise<InMemoryIssueStore> {
  const store = createInMemoryIssueStore();
  const runs = fates.map(async (fate, index) => {
    try {
      await reportFinding(asSeenByRun(store, scheduler, fate), found('The Workers did not answer.'), `run/${index}`);
    } catch (error) {
      if (!(error instanceof RunDied)) throw error;
    }
  });
  await scheduler.waitFor(Promise.all(runs));
  return store;
}

describe('runs that report the same at the same moment', () => {
  it('leave exactly one issue open', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, runs) => {
        const store = await play(scheduler, Array<undefined>(runs).fill(undefined));
        expect(openOnes(store)).toHaveLength(1);
        expect([...store.rows.values()].filter(row => !row.isOpen).every(row => row.reason === 'not_planned')).toBe(
          true,
        );
      }),
      { numRuns: 400 },
    );
  });

  it('do so after the next quiet run wherever one died or lost an answer, and never close the last one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(arbitraryFate, { minLength: 1, maxLength: 4 }),
        async (scheduler, fates) => {
          const store = await play(scheduler, fates);
          expect(store.rows.size === 0 || openOnes(store).length >= 1).toBe(true);
          const last = await reportFinding(store, found('The functions did not answer.'), 'run/last');
          expect(last).toMatchObject({ ok: true });
          expect(openOnes(store)).toHaveLength(1);
          expect(openOnes(store)[0]?.body).toContain('The functions did not answer.');
        },
      ),
      { numRuns: 400 },
    );
  });
});
