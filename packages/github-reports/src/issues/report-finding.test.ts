import { beforeEach, describe, expect, it } from 'vitest';
import { createInMemoryIssueStore, type InMemoryIssueStore } from '../testing/in-memory-issue-store.ts';
import { type Finding, readMark } from './finding.ts';
import { reportFinding, resolveFinding } from './report-finding.ts';
import { syncFindings } from './sync-findings.ts';

const runUrl = (run: number) => `https://github.com/example/innkeeper/actions/runs/${run}`;
const finding = (key: string, body = 'Two resources differ.'): Finding => ({ key, title: `${key} differs`, body });

let store: InMemoryIssueStore;
beforeEach(() => {
  store = createInMemoryIssueStore();
});
const openOnes = () => [...store.rows.values()].filter(row => row.isOpen);

describe('a finding', () => {
  it('opens one issue, and none the next day', async () => {
    expect(await reportFinding(store, finding('drift/prod'), runUrl(1))).toMatchObject({ value: { done: 'opened' } });
    expect(await reportFinding(store, finding('drift/prod'), runUrl(2))).toMatchObject({
      value: { done: 'unchanged' },
    });
    expect(openOnes()).toMatchObject([{ number: 1, comments: [] }]);
    expect(openOnes()[0]?.body).toContain(runUrl(1));
  });

  it('brings its issue up to date when it changes, and tells people', async () => {
    await reportFinding(store, finding('drift/prod'), runUrl(1));
    const done = await reportFinding(store, finding('drift/prod', 'Three resources differ.'), runUrl(2));
    expect(done).toMatchObject({ value: { done: 'updated', number: 1 } });
    expect(openOnes()).toHaveLength(1);
    expect(openOnes()[0]?.body).toContain('Three resources differ.');
    expect(openOnes()[0]?.comments).toMatchObject([expect.stringContaining(runUrl(2))]);
  });

  it('is closed with a sentence when it is gone, and opens another issue when it comes back', async () => {
    await reportFinding(store, finding('drift/prod'), runUrl(1));
    expect(await resolveFinding(store, 'drift/prod', runUrl(2))).toMatchObject({
      value: { done: 'closed', number: 1 },
    });
    expect(store.rows.get(1)).toMatchObject({ isOpen: false, reason: 'completed' });
    expect(store.rows.get(1)?.comments).toMatchObject([expect.stringMatching(/Well again/u)]);
    expect(await resolveFinding(store, 'drift/prod', runUrl(3))).toEqual({ ok: true, value: undefined });
    expect(await reportFinding(store, finding('drift/prod'), runUrl(4))).toMatchObject({ value: { number: 2 } });
  });
});

describe('a list of findings', () => {
  const sync = (scope: string, keys: readonly string[]) =>
    syncFindings(
      store,
      scope,
      keys.map(key => finding(key)),
      runUrl(1),
    );

  it('opens, keeps and closes within its scope alone', async () => {
    await sync('drift', ['dev', 'prod']);
    await sync('drifting', ['dev']);
    await sync('drift', ['prod', 'staging']);
    expect(openOnes().map(({ body }) => readMark(body)?.key)).toEqual(['drift/prod', 'drifting/dev', 'drift/staging']);
  });

  it('closes everything when it is empty', async () => {
    await sync('drift', ['dev', 'prod']);
    expect(await sync('drift', [])).toMatchObject({ value: { reported: [{ done: 'closed' }, { done: 'closed' }] } });
    expect(openOnes()).toEqual([]);
  });

  it('opens no more than twenty at once, and the rest later', async () => {
    const keys = Array.from({ length: 25 }, (_, index) => `case-${index}`);
    expect(await sync('nightly', keys)).toMatchObject({
      value: { postponed: [20, 21, 22, 23, 24].map(index => `nightly/case-${index}`) },
    });
    expect(openOnes()).toHaveLength(20);
    await sync('nightly', keys);
    expect(openOnes()).toHaveLength(25);
  });
});
