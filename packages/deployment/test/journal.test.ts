import { Secret } from '@innkeeper/shared/config/secret';
import { ok } from '@innkeeper/shared/result/result';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gcsJournal } from '../src/journal/gcs-journal.ts';
import { holdJournal } from '../src/journal/held-journal.ts';
import type { Journal } from '../src/journal/journal.ts';
import { noLease } from '../src/journal/lease.ts';
import { inMemoryJournal } from '../src/testing/in-memory-journal.ts';
import { describeJournalContract, exampleDeployment } from '../src/testing/journal-contract.ts';
import { type Storage, startStorage } from '../src/testing/start-storage.ts';

const BUCKET = 'innkeeper-staging-tfstate';
let storage: Storage;
beforeEach(async () => {
  storage = await startStorage({ bucket: BUCKET, token: 'good' });
});
afterEach(() => storage.close());

const journalAt = (options: { bucket?: string; token?: string } = {}): Journal =>
  gcsJournal({
    fetch: (url, init) => fetch(url, init),
    baseUrl: storage.url,
    bucket: options.bucket ?? BUCKET,
    object: 'deployments/staging.json',
    token: async () => ok(new Secret(options.token ?? 'good')),
  });

describeJournalContract('The journal in memory', async () => inMemoryJournal());
describeJournalContract('The journal in Cloud Storage', async () => journalAt());

describe('gcsJournal', () => {
  it('takes a bucket that is not there for no empty journal', async () => {
    expect(await journalAt({ bucket: 'another' }).read()).toEqual({
      ok: false,
      error: { kind: 'denied', detail: 'there is no bucket another; terraform/bootstrap makes it' },
    });
  });

  it('says that it may not', async () => {
    expect(await journalAt({ token: 'bad' }).read()).toMatchObject({ ok: false, error: { kind: 'denied' } });
    expect(await journalAt({ token: 'bad' }).write(exampleDeployment(), '0')).toMatchObject({
      error: { kind: 'denied' },
    });
  });

  it('takes what it cannot read for no journal of its own', async () => {
    const journal = journalAt();
    await journal.write({ ...exampleDeployment(), format: 2 as 1 }, '0');
    expect(await journal.read()).toMatchObject({ ok: false, error: { kind: 'unreadable' } });
  });
});

describe('holdJournal', () => {
  const clock = { now: () => Date.parse('2026-11-22T06:00:00Z'), pause: async () => undefined };

  it('writes again after an answer that was lost, and knows its own write', async () => {
    const held = holdJournal({ journal: journalAt(), clock, lease: noLease(), generation: '0' });
    storage.failNext(503, 'after');
    const kept = await held.keep(exampleDeployment({ sequence: 0 }));
    expect(kept).toMatchObject({ ok: true, value: { sequence: 1 } });
    expect(await held.keep(exampleDeployment({ sequence: 1 }))).toMatchObject({ ok: true, value: { sequence: 2 } });
  });

  it('is lost to whoever wrote in between', async () => {
    const held = holdJournal({ journal: journalAt(), clock, lease: noLease(), generation: '0' });
    await held.keep(exampleDeployment());
    const { value } = (await journalAt().read()) as { value: { generation: string } };
    await journalAt().write(exampleDeployment({ id: 'other' }), value.generation);
    expect(await held.keep(exampleDeployment())).toEqual({ ok: false, error: { kind: 'lost' } });
  });

  it('gives up where the bucket stays away', async () => {
    const held = holdJournal({ journal: journalAt({ token: 'bad' }), clock, lease: noLease(), generation: '0' });
    expect(await held.keep(exampleDeployment())).toMatchObject({ error: { kind: 'unreachable' } });
  });
});
