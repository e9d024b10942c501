import { Secret } from '@innkeeper/shared/config/secret';
import { createReporter, type LastWords } from '../report/reporter.ts';
import { cliRestic } from '../restic/cli-restic.ts';
import { doSteps, failed, type OpenRestic } from './do-steps.ts';
import { timePrograms } from './program-clock.ts';
import { runFolders } from './run-folders.ts';
import type { RunPorts } from './run-ports.ts';

/** Longest life of a run, whatever deadline the function names; the unit's own limit lies above it. */
export const RUN_MS_MAX = 6 * 3_600_000;
/** A server that is told to shut down has ten seconds; its steps get half of it to end. */
const LAST_WORDS_MS_MAX = 3_500;

/**
 * One night: exchange, five steps, last words. Whatever happens it resolves with how it ended, has told the function if
 * it could, and has left neither a lock nor files behind. Turning the server off is its caller's.
 */
export async function runBackup(ports: RunPorts): Promise<LastWords> {
  const { config, ending, log, time } = ports;
  const begun = await ports.exchange.begin(ending.signal);
  if (!begun.ok) return failed('booting', begun.error, ending);
  const { order } = begun.value;
  const remainingMs = Math.max(0, Math.min(begun.value.remainingMs, RUN_MS_MAX));
  const deadlineMs = time.monotonicMs() + remainingMs;
  const patienceMs = (): number => deadlineMs - time.monotonicMs();
  const cancelDeadline = time.after(remainingMs, () =>
    ending.end({ reason: 'deadline_reached', detail: 'The server reached its own deadline.' }),
  );
  const reporter = createReporter({
    runId: order.runId,
    send: ports.sendReportTo(order.reportUrl),
    time,
    log,
    onStop: detail => ending.end({ reason: 'stopped', detail }),
    patienceMs,
  });
  const timed = timePrograms(ports.programs, time.monotonicMs);
  const openRestic: OpenRestic = (vault, { cacheDirectory, signal = ending.signal } = {}) =>
    cliRestic({
      binary: config.RESTIC_BINARY,
      repository: vault.repository,
      credential: { user: vault.user, token: new Secret(vault.token) },
      password: new Secret(order.resticPassword),
      zone: order.zone,
      programs: timed.programs,
      ...(cacheDirectory === undefined ? {} : { cacheDirectory }),
      signal,
    });
  const folders = runFolders(config);
  const end = await doSteps({ ports, order, reporter, programs: timed.programs, openRestic, folders });
  const lastWords: LastWords =
    end.kind === 'finished' ? { ...end, overheadMs: time.monotonicMs() - timed.workedMs() } : end;
  await Promise.all([
    reporter.close(lastWords, ending.signal.aborted ? LAST_WORDS_MS_MAX : patienceMs()),
    // A restic that had to be killed left its lock; its process is gone, so restic itself calls the lock stale.
    ending.signal.aborted
      ? openRestic(order.vault, { signal: AbortSignal.timeout(LAST_WORDS_MS_MAX) }).unlock()
      : undefined,
    folders.remove(),
  ]);
  cancelDeadline();
  return lastWords;
}
