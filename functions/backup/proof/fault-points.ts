import { RunnerFailure } from '@innkeeper/shared/contracts/backup/failure';
import type { BackupStep } from '@innkeeper/shared/contracts/backup/steps';
import { mayRetry } from '../src/alerts/failure-catalogue.ts';
import {
  APPLIED_LATE,
  type Arm,
  born,
  call,
  dies,
  HOUR_MS,
  killed,
  lasting,
  launches,
  lies,
  MINUTE_MS,
  RATE_LIMITED,
  REPLY_LOST,
  SERVER_ERROR,
  server,
  storm,
  stray,
  suspended,
  TIMED_OUT,
  thief,
  untilMended,
} from './fault-arming.ts';

/** Where the runner notices each of its failures. */
const NOTICED: Readonly<Record<RunnerFailure, 'booting' | BackupStep>> = {
  exchange_refused: 'booting',
  program_missing: 'booting',
  restic_outdated: 'booting',
  repository_missing: 'dumping',
  repository_locked: 'dumping',
  repository_wrong_password: 'dumping',
  repository_full: 'backing_up',
  repository_damaged: 'checking',
  vault_unavailable: 'backing_up',
  vault_refused: 'retaining',
  restic_failed: 'backing_up',
  restic_crashed: 'backing_up',
  restic_cancelled: 'checking',
  source_unreadable: 'backing_up',
  mount_failed: 'backing_up',
  mount_empty: 'backing_up',
  files_too_few: 'backing_up',
  dump_failed: 'dumping',
  dump_shrunk: 'dumping',
  disk_full: 'dumping',
  retention_disagrees: 'retaining',
  retention_incomplete: 'retaining',
  restore_failed: 'restoring',
  restore_differs: 'restoring',
  canary_missing: 'restoring',
  deadline_reached: 'checking',
  stopped: 'backing_up',
  runner_bug: 'restoring',
};

/** What passes by itself strikes one server; what needs a person strikes every one until somebody has mended it. */
const workFails =
  (reason: RunnerFailure): Arm =>
  site => {
    const step = NOTICED[reason];
    if (mayRetry(reason)) server((fate, name) => ({ ...fate, says: { step, reason, fault: name } }))(site);
    else {
      site.world.workTroubles.set(site.fault, { step, reason });
      untilMended('work_impossible')(site);
    }
  };

/** Everything that can go wrong, each by its name. */
export const FAULTS = {
  images_rate_limited: call('images', RATE_LIMITED),
  images_server_error: call('images', SERVER_ERROR),
  images_timed_out: call('images', TIMED_OUT),
  offers_rate_limited: call('offers', RATE_LIMITED),
  offers_server_error: call('offers', SERVER_ERROR),
  offers_timed_out: call('offers', TIMED_OUT),
  create_rate_limited: call('create', RATE_LIMITED),
  create_server_error: call('create', SERVER_ERROR),
  create_timed_out: call('create', TIMED_OUT),
  create_reply_lost: call('create', REPLY_LOST, 1),
  create_applied_late: call('create', APPLIED_LATE, 1),
  create_name_taken: call('create', { how: 'refused', error: 'name_taken', detail: 'uniqueness_error' }, 1),
  list_rate_limited: call('list', RATE_LIMITED, 4),
  list_server_error: call('list', SERVER_ERROR, 4),
  list_timed_out: call('list', TIMED_OUT, 4),
  delete_rate_limited: call('delete', RATE_LIMITED),
  delete_server_error: call('delete', SERVER_ERROR),
  delete_timed_out: call('delete', TIMED_OUT),
  delete_reply_lost: call('delete', REPLY_LOST),
  deletion_locked: lasting('deletion_locked', [0, 20], [30, 120]),
  deletion_protected: untilMended('deletion_protected'),
  cloud_down_for_minutes: lasting('cloud_down', [-10, 60], [5, 40]),
  cloud_down_for_hours: lasting('cloud_down', [-30, 0], [120, 300]),
  token_denied: untilMended('cloud_denied'),
  quota_full: untilMended('quota_full'),
  sold_out_for_an_hour: lasting('sold_out', [-5, -2], [20, 90]),
  sold_out_all_night: lasting('sold_out', [-5, -2], [200, 400]),
  place_sold_out: ({ fault, world, night }) => {
    world.time.at(night.dueAtMs - MINUTE_MS, () => {
      world.servers.setExhausted(['cx23@nbg1']);
      world.chronicle.hit(fault);
    });
    world.time.at(night.dueAtMs + 3 * HOUR_MS, () => world.servers.setExhausted([]));
  },
  snapshot_missing: untilMended('no_image'),
  snapshot_outdated: untilMended('old_image'),
  snapshot_for_arm: untilMended('arm_image'),
  snapshot_too_large: untilMended('large_image'),
  types_gone: untilMended('types_gone'),

  server_never_starts: born(fate => ({ ...fate, isMute: true })),
  server_boots_without_network: born(fate => ({ ...fate, isMute: true, powersOffAfterMs: 6 * HOUR_MS })),
  server_boots_slowly: born((fate, dice) => ({ ...fate, bootMs: dice.between(4, 11) * MINUTE_MS })),
  server_boots_too_late: born((fate, dice) => ({ ...fate, bootMs: dice.between(13, 30) * MINUTE_MS })),
  server_is_faster_than_its_order: born(fate => ({ ...fate, bootMs: 10 })),
  server_deleted_by_somebody: born((fate, dice) => ({ ...fate, vanishesAfterMs: dice.between(1, 25) * MINUTE_MS })),
  server_loses_power: born((fate, dice) => ({ ...fate, powersOffAfterMs: dice.between(1, 25) * MINUTE_MS })),
  server_clock_hours_ahead: born(fate => ({ ...fate, clockErrorMs: 3 * HOUR_MS })),
  server_clock_hours_behind: born(fate => ({ ...fate, clockErrorMs: -5 * HOUR_MS })),
  server_clock_jumps_past_its_deadline: born(fate => ({ ...fate, clockJumpMs: 8 * HOUR_MS })),
  runner_outdated: born(fate => ({ ...fate, runner: { version: '0.0.9', protocol: 1 } })),
  runner_of_another_protocol: born(fate => ({ ...fate, runner: { version: '0.2.0', protocol: 2 } })),

  dies_before_dumping: dies('dumping', 'before'),
  dies_between_reports_of_dumping: dies('dumping', 'between'),
  dies_after_dumping: dies('dumping', 'after'),
  dies_before_backing_up: dies('backing_up', 'before'),
  dies_between_reports_of_backing_up: dies('backing_up', 'between'),
  dies_after_backing_up: dies('backing_up', 'after'),
  dies_before_retaining: dies('retaining', 'before'),
  dies_after_retaining: dies('retaining', 'after'),
  dies_before_checking: dies('checking', 'before'),
  dies_after_checking: dies('checking', 'after'),
  dies_before_restoring: dies('restoring', 'before'),
  dies_after_restoring: dies('restoring', 'after'),

  exchange_request_lost: call('exchange', { how: 'refused', error: 'unavailable', detail: '' }),
  exchange_reply_lost: call('exchange', { how: 'reply_lost', error: 'unavailable', detail: '' }),
  exchange_twice: call('exchange', { how: 'twice', error: 'unavailable', detail: '' }),
  report_request_lost: call('report', { how: 'refused', error: 'unavailable', detail: '' }, 6),
  report_reply_lost: call('report', { how: 'reply_lost', error: 'unavailable', detail: '' }, 6),
  report_twice: call('report', { how: 'twice', error: 'unavailable', detail: '' }, 20),
  token_stolen_first: thief('first'),
  token_stolen_later: thief('later'),
  token_used_from_elsewhere: thief('elsewhere'),
  report_forged: server((fate, fault) => ({ ...fate, forger: { fault } })),
  percent_goes_back: lies('percent_goes_back'),
  step_out_of_order: lies('step_out_of_order'),
  end_without_work: lies('end_without_work'),
  report_of_wrong_form: lies('wrong_form'),
  report_number_left_out: lies('number_left_out'),

  files_grow_suddenly: born(fate => ({ ...fate, sizes: { ...fate.sizes, files: 2.5 } })),
  mongodb_shrinks_suddenly: born(fate => ({ ...fate, sizes: { ...fate.sizes, mongodb: 0.3 } })),

  store_down_for_minutes: lasting('store_down', [-10, 60], [3, 30]),
  store_read_fails: call('store_read', SERVER_ERROR, 5),
  store_read_slow: call('store_read', { ...TIMED_OUT, delayMs: 20_000 }, 3),
  store_commit_fails: call('store_commit', SERVER_ERROR, 5),
  store_commit_reply_lost: call('store_commit', REPLY_LOST, 5),
  store_commit_contended: call('store_commit', { how: 'refused', error: 'contention', detail: 'ABORTED' }, 8),
  store_commit_applied_late: call('store_commit', APPLIED_LATE, 2),

  storm_at_the_store: storm(['store_read', 'store_commit'], 12),
  storm_at_the_cloud: storm(['images', 'offers', 'create', 'list', 'delete'], 35),
  storm_on_the_way_to_the_server: storm(['exchange', 'report'], 40),
  storm_everywhere: storm(
    ['store_read', 'store_commit', 'images', 'offers', 'create', 'list', 'delete', 'exchange', 'report'],
    10,
  ),
  instances_die_for_hours: lasting('instances_die', [-20, 30], [60, 180]),
  launch_killed: killed('launch'),
  sweep_killed: killed('sweep'),
  exchange_killed: killed('exchange'),
  report_killed: killed('report'),

  scheduler_never: launches(({ launchesAtMs }) => {
    launchesAtMs.length = 0;
  }),
  scheduler_late: launches(({ launchesAtMs, dueAtMs }, dice) => {
    launchesAtMs.splice(0, 1, dueAtMs + dice.between(2, 40) * MINUTE_MS);
  }),
  scheduler_early: launches(({ launchesAtMs, dueAtMs }, dice) => {
    launchesAtMs.splice(0, 1, dueAtMs - dice.between(1, 10) * MINUTE_MS);
  }),
  scheduler_twice: launches(({ launchesAtMs, dueAtMs }, dice) => {
    launchesAtMs.push(dueAtMs + dice.between(1, 600) * 1_000);
  }),
  scheduler_at_the_same_millisecond: launches(({ launchesAtMs, dueAtMs }) => {
    launchesAtMs.push(dueAtMs, dueAtMs);
  }),
  launched_by_hand_twice_at_once: launches(({ byHandAtMs, dueAtMs }, dice) => {
    const atMs = dueAtMs + dice.between(-60, 600) * MINUTE_MS;
    byHandAtMs.push(atMs, atMs + dice.between(0, 1) * 50);
  }),
  sweeps_never_for_an_hour: lasting('sweeps_silent', [-20, 90], [60, 70]),
  sweeps_late: lasting('sweeps_late', [-20, 30], [60, 240]),
  sweeps_doubled: lasting('sweeps_doubled', [-20, 10], [120, 400]),
  project_suspended_on_sunday: suspended,

  stray_server: stray('backup-stray', (nowMs, dice) => new Date(nowMs + dice.between(-30, 60) * MINUTE_MS)),
  stray_server_without_labels: stray('backup-unlabelled', () => undefined),

  dead_man_unreachable: lasting('dead_man_down', [-60, 0], [90, 300]),
  chat_unreachable: lasting('chat_down', [-60, 0], [90, 300]),
  database_backups_unavailable: lasting('database_backups_down', [-10, 0], [1, 10]),
  ...workFailures(),
} as const satisfies Readonly<Record<string, Arm>>;

export type FaultPoint = keyof typeof FAULTS;

type WorkFault = `runner_says_${RunnerFailure}`;

function workFailures(): Readonly<Record<WorkFault, Arm>> {
  const entries = RunnerFailure.options.map(reason => [`runner_says_${reason}`, workFails(reason)] as const);
  return Object.fromEntries(entries) as Record<WorkFault, Arm>;
}
