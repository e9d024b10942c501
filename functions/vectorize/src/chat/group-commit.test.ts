import type { DocumentPath } from '@innkeeper/shared/ports/document-store';
import { type DocumentStoreFault, inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, it } from 'vitest';
import { GROUP_MAX, groupCommit, type Work } from './group-commit.ts';

const SHARED = 'counters/shared';

const count = (by: number, path: DocumentPath = SHARED): Work<number> => ({
  paths: [path],
  run(view) {
    const counted = Number(view.get(path)?.['count'] ?? 0) + by;
    view.set(path, { count: counted });
    return counted;
  },
});

function setUp(fault: DocumentStoreFault = () => undefined) {
  let commits = 0;
  const store = inMemoryDocumentStore({
    fault: point => {
      if (point.operation === 'commit' && point.phase === 'before') commits += 1;
      return fault(point);
    },
  });
  return { store, groups: groupCommit(store), commits: () => commits };
}

describe('groupCommit', () => {
  it('takes together what arrives while a write runs, each seeing what those before it did', async () => {
    const { store, groups, commits } = setUp();
    const works = Array.from({ length: 1 + GROUP_MAX * 2 }, () => groups.submit('lane', count(1)));
    const outcomes = await Promise.all(works);
    expect(outcomes.map(outcome => outcome.ok && outcome.value)).toEqual(works.map((_, index) => index + 1));
    expect(store.documents.get(SHARED)?.fields).toEqual({ count: works.length });
    expect(commits()).toBe(3);
  });

  it('keeps lanes apart', async () => {
    const { groups, commits } = setUp();
    await Promise.all([groups.submit('a', count(1, 'counters/a')), groups.submit('b', count(1, 'counters/b'))]);
    expect(commits()).toBe(2);
  });

  it('decides again where somebody else changed what was only read', async () => {
    const store = inMemoryDocumentStore();
    await store.commit([{ op: 'set', path: 'rules/may', fields: { allowed: true } }]);
    let forbid = (): Promise<unknown> => store.commit([{ op: 'set', path: 'rules/may', fields: { allowed: false } }]);
    const groups = groupCommit({
      getAll: async paths => {
        const read = await store.getAll(paths);
        await forbid();
        forbid = () => Promise.resolve();
        return read;
      },
      commit: writes => store.commit(writes),
    });
    await groups.submit('lane', {
      paths: ['rules/may', SHARED],
      run: view => {
        if (view.get('rules/may')?.['allowed'] === true) view.set(SHARED, { entered: true });
      },
    });
    expect(store.documents.get(SHARED)).toBeUndefined();
    expect(store.documents.get('rules/may')?.fields).toEqual({ allowed: false });
  });

  it('tells everybody in a group that it failed, and serves the next', async () => {
    let isAway = true;
    const { groups } = setUp(() => (isAway ? { kind: 'unavailable', detail: 'away' } : undefined));
    const failed = await Promise.all([1, 2, 3].map(by => groups.submit('lane', count(by))));
    expect(failed).toEqual(failed.map(() => ({ ok: false, error: { kind: 'unavailable', detail: 'away' } })));
    isAway = false;
    expect(await groups.submit('lane', count(1))).toEqual({ ok: true, value: 1 });
  });

  it('does not hold up the others for one whose document Firestore never takes', async () => {
    const { groups } = setUp();
    const tooLarge: Work<void> = {
      paths: ['counters/large'],
      run: view => view.set('counters/large', { text: 'x'.repeat(2 ** 21) }),
    };
    const [, one, large, another] = await Promise.all([
      groups.submit('lane', count(1)),
      groups.submit('lane', count(1)),
      groups.submit('lane', tooLarge),
      groups.submit('lane', count(1)),
    ]);
    expect([one.ok, large.ok, another.ok]).toEqual([true, false, true]);
  });

  it('hands on a bug to its caller and goes on', async () => {
    const { groups } = setUp();
    const broken = groups.submit('lane', {
      paths: [SHARED],
      run() {
        throw new Error('a bug');
      },
    });
    await expect(broken).rejects.toThrow('a bug');
    expect(await groups.submit('lane', count(1))).toEqual({ ok: true, value: 1 });
  });
});
