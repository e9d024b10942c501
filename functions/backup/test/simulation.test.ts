import { LocalDate } from '@innkeeper/shared/domain/local-time';
import { describe, expect, it } from 'vitest';
import { dueAtMs } from '../proof/days.ts';
import { describeFlaws } from '../proof/describe-verdict.ts';
import type { FaultPoint } from '../proof/fault-points.ts';
import { MUTANTS } from '../proof/mutants.ts';
import { simulate } from '../proof/simulate.ts';
import { ZONE } from '../proof/world.ts';
import type { AlertKind } from '../src/alerts/alert-catalogue.ts';

/** Nights of trouble on the real functions, in virtual time; `./dev prove-backups` plays whole years. */
const SEEDS = [1, 2];
const DAYS = 40;

describe.each(SEEDS)('with seed %d', seed => {
  it(`in ${DAYS} nights no server is left over or doubled and nothing happens in silence`, async () => {
    const simulated = await simulate({ seed, days: DAYS });
    const { verdict } = simulated;

    const broken = verdict.flaws.filter(({ promise }) => promise !== 'missed');
    expect(broken.length === 0 ? '' : describeFlaws(simulated, { seed, days: DAYS }).join('\n')).toBe('');
    expect(verdict.counts.missed).toBeLessThanOrEqual(1);
    // That much did happen.
    expect(verdict.hits.size).toBeGreaterThan(30);
    expect(verdict.unseen.states).toEqual([]);
    expect(verdict.told.promises).toBeGreaterThan(10);
  });
});

it.each([
  ['2028-01-02', '2028-01-02T01:30:00.000Z'],
  ['2028-07-02', '2028-07-02T00:30:00.000Z'],
  // The clock goes from 02:00 to 03:00, and from 03:00 to 02:00.
  ['2028-03-26', '2028-03-26T01:30:00.000Z'],
  ['2028-10-29', '2028-10-29T00:30:00.000Z'],
])('the judge knows by itself when the run of %s is due', (day, instant) => {
  expect(new Date(dueAtMs(LocalDate.parse(day), '02:30', ZONE)).toISOString()).toBe(instant);
});

it('tells the same story again', async () => {
  const story = async (): Promise<readonly string[]> => {
    const { world } = await simulate({ seed: 7, days: 5 });
    return world.chronicle.between(0, Number.POSITIVE_INFINITY);
  };
  expect(await story()).toEqual(await story());
});

/** What brings each alert, night by night. */
const CAUSES: { readonly [K in AlertKind]: readonly (FaultPoint | 'nothing')[] } = {
  backup_failed: ['runner_says_disk_full'],
  backup_missed: ['scheduler_never'],
  recovery_point_exceeded: ['nothing', 'runner_says_disk_full'],
  restore_unproven: ['project_suspended_on_sunday', ...sixNights(), 'project_suspended_on_sunday', 'nothing'],
  server_orphaned: ['stray_server'],
  server_undeletable: ['deletion_protected'],
  size_anomaly: ['nothing', 'nothing', 'nothing', 'files_grow_suddenly'],
  runner_outdated: ['snapshot_outdated'],
  token_misused: ['token_used_from_elsewhere'],
  reports_refused: ['report_forged'],
  launch_waiting: ['sold_out_for_an_hour'],
  cloud_unreachable: ['cloud_down_for_hours'],
  telling_failed: ['chat_unreachable'],
};

function sixNights(): 'nothing'[] {
  return Array.from({ length: 6 }, () => 'nothing');
}

it.each(Object.entries(CAUSES))('the alert %s is raised by what it is for', async (kind, causes) => {
  const faults = (night: number): readonly FaultPoint[] => causes.slice(night, night + 1).filter(isFault);
  const { world, verdict } = await simulate({ seed: 3, days: causes.length, faults });

  expect(world.chronicle.alerts.get(kind)).toBeGreaterThan(0);
  expect(verdict.flaws.filter(({ promise }) => promise !== 'missed')).toEqual([]);
});

it('raises no alert, and says one line a night, while nothing goes wrong', async () => {
  const { world } = await simulate({ seed: 3, days: 8, faults: () => [] });
  const good = expect.stringMatching(/^Backup 2028-01-0\d ✓ 4 snapshots, .* · 0\.0[12] EUR$/u) as string;
  expect([...world.chronicle.alerts.keys()]).toEqual([]);
  expect(world.chat.messages.map(({ text }) => text)).toEqual(Array.from({ length: 8 }, () => good));
});

it('notices a night that nobody starts on two ways, of which one needs nothing of ours', async () => {
  const silentScheduler = await simulate({ seed: 3, days: 1, faults: () => ['scheduler_never'] });
  expect(silentScheduler.world.chat.messages[0]?.text).toMatch(
    /^✗ The backup of 2028-01-02 was due at 2028-01-02 02:30/u,
  );
  expect(silentScheduler.world.deadMan.alarms()).toEqual([]);

  const nothingRuns = await simulate({ seed: 3, days: 1, faults: () => ['project_suspended_on_sunday'] });
  expect(nothingRuns.world.chat.messages).toEqual([]);
  expect(nothingRuns.world.deadMan.alarms()).toMatchObject([{ why: 'silence' }]);
});

const isFault = (cause: FaultPoint | 'nothing'): cause is FaultPoint => cause !== 'nothing';

const NIGHTS = 3;

describe('the judge', () => {
  it.each(Object.entries(MUTANTS))('finds out code that %s', async (_, { code, breach, faults }) => {
    const { verdict } = await simulate({ seed: 1, days: NIGHTS, faults: () => faults, code });
    expect(verdict.counts[breach]).toBeGreaterThan(0);
  });

  it('finds nothing out in the same nights with the code as it is', async () => {
    const faults = Object.values(MUTANTS).flatMap(mutant => mutant.faults);
    const { verdict } = await simulate({ seed: 1, days: NIGHTS, faults: () => faults });
    expect(verdict.flaws.filter(({ promise }) => promise !== 'missed')).toEqual([]);
  });
});
