import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { ok, type Result } from '@innkeeper/shared/result/result';
import type { OperateCommand } from '../command-line.ts';
import { type ReadResult, readRuns } from '../read-operations.ts';
import type { Evidence, EvidenceLimits } from './judge-evidence.ts';

export type VerifyCommand = Extract<OperateCommand, { kind: 'verify' }>;

const HOUR_MS = 3_600_000;
/** A night, its two retries, and one by hand. */
const RUNS_A_DAY = 4;

export const limitsOf = ({ freshnessHours, restoreDays }: VerifyCommand): EvidenceLimits => ({
  freshnessMs: freshnessHours * HOUR_MS,
  restoreMs: restoreDays * 24 * HOUR_MS,
});

/** The runs of the days in question, and what the repository holds when that is wanted. Reads only. */
export async function gatherEvidence(
  { freshnessHours, restoreDays, repository }: VerifyCommand,
  from: { readonly store: DocumentStore; readonly held: () => Promise<Result<readonly RunId[], string>> },
): ReadResult<Evidence> {
  const days = Math.max(restoreDays, Math.ceil(freshnessHours / 24)) + 1;
  const runs = await readRuns(from.store, days * RUNS_A_DAY);
  if (!runs.ok || !repository) return runs.ok ? ok({ runs: runs.value }) : runs;
  const held = await from.held();
  return held.ok ? ok({ runs: runs.value, inRepository: held.value }) : held;
}
