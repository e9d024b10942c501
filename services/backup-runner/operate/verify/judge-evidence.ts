import { formatDuration } from '@innkeeper/shared/backup/format-figures';
import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';

/**
 * Whether the company could be restored as of now: what the runs' own documents prove, not the summary made of them.
 * Pure.
 */
export interface Evidence {
  /** Newest first, enough of them to reach back to `restoreMs`. */
  readonly runs: readonly BackupRun[];
  /** Runs that the repository itself holds; undefined when it was not asked. */
  readonly inRepository?: readonly RunId[];
}

export interface EvidenceLimits {
  /** Age of the newest good backup, ms. */
  readonly freshnessMs: number;
  /** Age of the newest rebuilding of the databases from a backup, ms. */
  readonly restoreMs: number;
}

export interface Finding {
  readonly kind: 'never_good' | 'stale' | 'nothing_compared' | 'never_rebuilt' | 'restore_stale' | 'not_held' | 'clock';
  readonly sentence: string;
  readonly nextStep: string;
}

export interface Proof {
  readonly runId: RunId;
  readonly endedAt: string;
  readonly ageMs: number;
}

export interface Judgement {
  readonly lastGood: Proof | undefined;
  readonly lastRebuilt: Proof | undefined;
  readonly findings: readonly Finding[];
}

/** Clocks of two machines; more is no clock but a wrong date, which would count as fresh for ever. */
const CLOCK_DIFFERENCE_MS_MAX = 300_000;
const AGAIN = 'mend its cause, then: pnpm backups launch --reason TEXT';

export function judgeEvidence({ runs, inRepository }: Evidence, limits: EvidenceLimits, now: Date): Judgement {
  const good = runs.filter(({ state, endedAt }) => state === 'done' && endedAt !== undefined);
  const lastGood = proofOf(good[0], now);
  const lastRebuilt = proofOf(
    good.find(run => isRebuilt(run)),
    now,
  );
  return {
    lastGood,
    lastRebuilt,
    findings: [
      ...freshness(lastGood, runs[0], limits.freshnessMs),
      ...(good[0] === undefined || comparedFiles(good[0]) > 0 ? [] : [nothingCompared(good[0].runId)]),
      ...restores(lastRebuilt, limits.restoreMs),
      ...(lastGood === undefined || inRepository === undefined || inRepository.includes(lastGood.runId)
        ? []
        : [notHeld(lastGood.runId)]),
      ...[lastGood, lastRebuilt].flatMap(proof =>
        proof !== undefined && proof.ageMs < -CLOCK_DIFFERENCE_MS_MAX ? [fromTheFuture(proof)] : [],
      ),
    ],
  };
}

function freshness(lastGood: Proof | undefined, newest: BackupRun | undefined, allowedMs: number): Finding[] {
  const reason =
    newest?.failure === undefined ? '' : ` The newest run, ${newest.runId}, failed: ${newest.failure.reason}.`;
  const look = newest === undefined ? 'pnpm backups status' : `pnpm backups show ${newest.runId}`;
  if (lastGood === undefined) {
    const sentence = `No run has ended well in all that was looked at: everything could be lost.${reason}`;
    return [{ kind: 'never_good', sentence, nextStep: `Read why with ${look}; ${AGAIN}` }];
  }
  if (lastGood.ageMs <= allowedMs) return [];
  const sentence = `The newest good backup, ${lastGood.runId}, is ${agesOf(lastGood, allowedMs)}.${reason}`;
  return [{ kind: 'stale', sentence, nextStep: `Read why with ${look}; ${AGAIN}` }];
}

function restores(lastRebuilt: Proof | undefined, allowedMs: number): Finding[] {
  const nextStep = 'A good run on a Sunday or on the 1st rebuilds them; read with pnpm backups runs why none did.';
  if (lastRebuilt === undefined) {
    const sentence = 'No run that was looked at has rebuilt the databases: nothing proves that they can be restored.';
    return [{ kind: 'never_rebuilt', sentence, nextStep }];
  }
  if (lastRebuilt.ageMs <= allowedMs) return [];
  const ages = agesOf(lastRebuilt, allowedMs);
  const sentence = `The last rebuilding of the databases, by ${lastRebuilt.runId}, is ${ages}.`;
  return [{ kind: 'restore_stale', sentence, nextStep }];
}

const nothingCompared = (runId: RunId): Finding => ({
  kind: 'nothing_compared',
  sentence: `Run ${runId} calls itself good and has compared no file with what it had backed up.`,
  nextStep: `pnpm backups show ${runId}; then read its data back by hand: pnpm restore --help`,
});

const notHeld = (runId: RunId): Finding => ({
  kind: 'not_held',
  sentence: `Run ${runId} ended well, and the repository does not hold it.`,
  nextStep: 'Delete nothing, and follow “Damaged repository” in services/backup-runner/DISASTER.md today.',
});

const fromTheFuture = ({ runId, endedAt }: Proof): Finding => ({
  kind: 'clock',
  sentence: `Run ${runId} ended at ${endedAt}, which is yet to come: its age proves nothing.`,
  nextStep: 'Set this machine’s clock; if it is right, find out who wrote that document.',
});

const agesOf = ({ ageMs }: Proof, allowedMs: number): string =>
  `${formatDuration(ageMs)} old, and ${formatDuration(allowedMs)} are allowed`;

function proofOf(run: BackupRun | undefined, now: Date): Proof | undefined {
  if (run?.endedAt === undefined) return undefined;
  return { runId: run.runId, endedAt: run.endedAt, ageMs: now.getTime() - Date.parse(run.endedAt) };
}

const isRebuilt = ({ outcomes }: BackupRun): boolean =>
  outcomes.some(({ outcome }) => outcome.step === 'restoring' && outcome.drill !== undefined);

const comparedFiles = ({ outcomes }: BackupRun): number =>
  outcomes.reduce((sum, { outcome }) => sum + (outcome.step === 'restoring' ? outcome.compared : 0), 0);
