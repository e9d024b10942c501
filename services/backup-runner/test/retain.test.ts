import { Secret } from '@innkeeper/shared/config/secret';
import { RETENTION } from '@innkeeper/shared/contracts/backup/exchange';
import { BackupSource } from '@innkeeper/shared/contracts/backup/steps';
import { err } from '@innkeeper/shared/result/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type WrittenRepository,
  type WrittenSnapshot,
  writeRepository,
} from '../proof/histories/written-repository.ts';
import { accessWith, retainAtNight } from '../proof/retention-night.ts';
import { cliRestic } from '../src/restic/cli-restic.ts';
import type { Restic } from '../src/restic/restic.ts';
import { childPrograms } from '../src/run/child-programs.ts';

/** The step with the real restic on a repository that has a past. */
const NOW = new Date('2026-11-21T01:40:00Z');
const RUN = '2026-11-21';
const programs = childPrograms({ PATH: process.env['PATH'] });

let repository: WrittenRepository;
beforeAll(async () => {
  repository = await writeRepository();
});
afterAll(() => repository[Symbol.asyncDispose]());

const open = (): Restic =>
  cliRestic({
    binary: process.env['RESTIC_BINARY'] ?? 'restic',
    repository: repository.path,
    password: new Secret(repository.password),
    zone: 'Europe/Berlin',
    programs,
  });

const night = (restic: Restic) =>
  retainAtNight({ runId: RUN, now: NOW, prune: false, askForCredential: async () => accessWith(restic) });

const snapshot = (run: string, source = 'mongodb', hour = '02'): WrittenSnapshot => ({
  time: `${run.slice(0, 10)}T${hour}:30:00.123456789+01:00`,
  host: 'innkeeper',
  paths: [`/${source}`],
  tags: [`run=${run}`, `source=${source}`],
});
const november = (from: number, to: number): WrittenSnapshot[] =>
  Array.from({ length: to - from + 1 }, (_, index) => snapshot(`2026-11-${String(from + index).padStart(2, '0')}`));

const days = async (): Promise<string[]> => {
  const there = await open().snapshots();
  return there.ok ? there.value.map(({ time }) => time.slice(0, 10)).toSorted() : [];
};

const SINCE_TENTH = november(10, 21);

test('removes what the policy does not keep once it is old enough, and says what is left', async () => {
  const ids = await repository.replaceSnapshots(SINCE_TENTH);
  const outcome = await night(open());
  // The 10th is the oldest and the 15th the last of its week; the 14th is still too young for the vault.
  expect(await days()).toEqual([10, 14, 15, 16, 17, 18, 19, 20, 21].map(day => `2026-11-${day}`));
  expect(outcome).toMatchObject({ ok: true, value: { step: 'retaining', kept: 9, deferred: 1 } });
  expect(outcome.ok && outcome.value.removed.toSorted()).toEqual(ids.slice(1, 4).toSorted());
});

describe('a run that broke off with a part of the files', () => {
  // As the last of its day and of week 45 it would take the place of that Sunday's complete night.
  const complete = november(7, 21).flatMap(({ time }) =>
    BackupSource.options.map(source => snapshot(time.slice(0, 10), source)),
  );
  const part = snapshot('2026-11-08-manual-1', 'files', '18');
  const sunday = (): number =>
    complete.findIndex(({ time, paths }) => time.startsWith('2026-11-08') && paths[0] === '/files');

  test('takes the place of nothing', async () => {
    const restic = open();
    const ids = await repository.replaceSnapshots([...complete, part]);
    const preview = await restic.forgetPreview(RETENTION);
    expect(preview.ok && preview.value.remove).toContain(ids[sunday()]);
    const outcome = await night(restic);
    expect(outcome).toMatchObject({ ok: true });
    const there = await restic.snapshots();
    const left = there.ok ? there.value.map(({ id }) => id) : [];
    expect(left).toEqual(expect.arrayContaining([ids[sunday()], ids.at(-1)]));
  });

  test('is looked at apart by restic too', async () => {
    await repository.replaceSnapshots([...complete, part]);
    const restic = open();
    const otherwise: Restic = {
      ...restic,
      forgetPreview: (policy, among) =>
        restic.forgetPreview(among?.runIds === undefined ? policy : { ...policy, keepWeekly: 3 }, among),
    };
    expect(await night(otherwise)).toMatchObject(err({ reason: 'retention_disagrees' }));
    expect(await days()).toHaveLength(61);
  });
});

test('a repository that does not obey is told', async () => {
  const restic = open();
  await repository.replaceSnapshots(SINCE_TENTH);
  const lazy = { ...restic, forget: (ids: readonly string[]) => restic.forget(ids.slice(1)) };
  const told = '1 of 3 snapshots were not removed, 0 that are kept are gone';
  expect(await night(lazy)).toEqual(err({ reason: 'retention_incomplete', detail: told }));

  const ids = await repository.replaceSnapshots(SINCE_TENTH);
  const greedy = { ...restic, forget: (chosen: readonly string[]) => restic.forget([...chosen, ids[8] ?? '']) };
  const lost = '0 of 3 snapshots were not removed, 1 that are kept are gone';
  expect(await night(greedy)).toEqual(err({ reason: 'retention_incomplete', detail: lost }));
});

describe('removes nothing', () => {
  test('when restic decides otherwise', async () => {
    await repository.replaceSnapshots(november(1, 21));
    const restic = open();
    const otherwise = { ...restic, forgetPreview: () => restic.forgetPreview({ ...RETENTION, keepDaily: 6 }) };
    expect(await night(otherwise)).toMatchObject(err({ reason: 'retention_disagrees' }));
    expect(await days()).toHaveLength(21);
  });

  test('when a snapshot claims to come from the future', async () => {
    await repository.replaceSnapshots([...november(1, 21), snapshot('2026-12-24')]);
    expect(await night(open())).toMatchObject(err({ reason: 'retention_incomplete' }));
    expect(await days()).toHaveLength(22);
  });

  test("when the list lacks this run's own snapshots", async () => {
    await repository.replaceSnapshots(november(1, 20));
    expect(await night(open())).toMatchObject(err({ reason: 'retention_incomplete' }));
    expect(await days()).toHaveLength(20);
  });

  test('without a credential', async () => {
    await repository.replaceSnapshots(november(1, 21));
    const refused = err({ reason: 'exchange_refused', detail: 'wrong_state' });
    const asked = { runId: RUN, now: NOW, prune: false, askForCredential: async () => refused };
    expect(await retainAtNight(asked)).toEqual(refused);
    expect(await days()).toHaveLength(21);
  });
});
