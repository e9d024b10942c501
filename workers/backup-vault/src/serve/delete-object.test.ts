import { createLog } from '@innkeeper/shared/log/log';
import { err, ok } from '@innkeeper/shared/result/result';
import { describe, expect, test } from 'vitest';
import type { Ledger } from '../ledger/ledger.ts';
import type { StoreFailure } from '../objects/vault-objects.ts';
import { type DeletionPorts, deleteObject } from './delete-object.ts';

const NAME = '0a'.repeat(32);
const now = new Date('2026-11-21T02:30:00Z');
const claims = { sub: 'test', jti: 'a-token' };
const standing = { bytes: 6, uploadedAt: new Date('2026-11-01T02:30:00Z'), isVerified: true };

/** Both stores as lists of what they were asked, in order. */
function stores(answers: {
  readonly open?: Awaited<ReturnType<Ledger['openDeletion']>>;
  readonly fails?: StoreFailure;
  readonly settles?: boolean;
}) {
  const steps: string[] = [];
  const lines: string[] = [];
  const ports: DeletionPorts = {
    objects: {
      delete: (_repository, object) => {
        steps.push(`delete ${object.type}`);
        return Promise.resolve(answers.fails === undefined ? ok(undefined) : err(answers.fails));
      },
    },
    ledger: {
      openDeletion: (_repository, { type }, dailyMax) => {
        steps.push(`write down ${type} of ${dailyMax}`);
        return Promise.resolve(answers.open ?? ok(1));
      },
      settle: (_repository, entry, outcome) => {
        steps.push(`settle ${entry} ${outcome}`);
        return Promise.resolve(answers.settles === false ? err('ledger_unavailable') : ok(undefined));
      },
    },
    deletionsPerDay: { content: 20, snapshots: 5 },
    log: createLog('test', line => lines.push(line)),
    now: () => now,
  };
  const run = (type: 'data' | 'snapshots') =>
    deleteObject(ports, { claims, now }, 'company', { type, name: NAME }, standing);
  return { run, steps, lines };
}

describe('a deletion', () => {
  test('is written down, made, and settled, in that order', async () => {
    const { run, steps } = stores({});
    expect((await run('snapshots')).ok).toBe(true);
    expect(steps).toEqual(['write down snapshots of 5', 'delete snapshots', 'settle 1 done']);
  });

  test.each(['ledger_unavailable', 'daily_deletions_exhausted'] as const)('is not made at %s', async reason => {
    const { run, steps } = stores({ open: err(reason) });
    expect(await run('data')).toEqual({ ok: false, error: reason });
    expect(steps).toEqual(['write down data of 20']);
  });

  test('that a lock of the bucket forbids has failed', async () => {
    const { run, steps } = stores({ fails: 'locked' });
    expect(await run('data')).toEqual({ ok: false, error: 'locked' });
    expect(steps.at(-1)).toBe('settle 1 failed');
  });

  test('whose end the bucket did not tell stays open: perhaps it was made', async () => {
    const { run, steps } = stores({ fails: 'unavailable' });
    expect(await run('data')).toEqual({ ok: false, error: 'store_unavailable' });
    expect(steps).toEqual(['write down data of 20', 'delete data']);
  });

  test('that was made counts as made where its end could not be written down', async () => {
    const { run, lines } = stores({ settles: false });
    expect((await run('data')).ok).toBe(true);
    expect(lines.join()).toContain('ledger.not_settled');
  });
});
