import { isSignedBy } from '@innkeeper/shared/backup/sign-request';
import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { BackupReport, REPORT_BYTES_MAX, type ReportReply } from '@innkeeper/shared/contracts/backup/report';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { parseJsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import { type ChangeError, endRun, failRun } from '../end-run/end-run.ts';
import { changeRun, readRun } from '../run/run-store.ts';
import { isEnded } from '../run/transitions.ts';
import { applyReport, type ReportProblem } from './apply-report.ts';

/**
 * How a server tells of its work, each report signed by the key it brought to `exchange`. Public. What is not signed
 * changes nothing; what is signed and contradicts itself ends the run.
 */
export interface ReportCall {
  readonly body: Uint8Array;
  /** Header `innkeeper-signature`. */
  readonly signature: string | undefined;
}

export interface ReportRefusal {
  readonly error:
    | 'too_large'
    | 'malformed'
    | 'unknown_run'
    | 'bad_signature'
    | 'run_over'
    | 'sequence_gap'
    | 'misbehaved'
    | 'unavailable';
  /** Nobody waits for this server any more: clean up and power off. */
  readonly stop: boolean;
}

export async function report(ports: BackupPorts, call: ReportCall): Promise<Result<ReportReply, ReportRefusal>> {
  if (call.body.length > REPORT_BYTES_MAX) return refuse('too_large');
  const json = parseJsonObject(call.body);
  const runId = RunId.safeParse(json.ok ? json.value['runId'] : undefined);
  if (!json.ok || !runId.success) return refuse('malformed');
  const read = await readRun(ports.store, runId.data);
  if (!read.ok) return unavailable(ports, runId.data, read.error.kind);
  // There is nothing to check a signature by; a server that was really ours has lost its run and may go.
  if (read.value === undefined) return refuse('unknown_run', true);
  if (!(await isSignedByRun(read.value, call))) return refuseForged(ports, read.value);
  const parsed = BackupReport.safeParse(json.value);
  if (!parsed.success) return misbehave(ports, runId.data, 'a report that is not of the agreed form');
  return take(ports, runId.data, parsed.data);
}

async function take(
  ports: BackupPorts,
  runId: RunId,
  received: BackupReport,
): Promise<Result<ReportReply, ReportRefusal>> {
  const { store, now, log } = ports;
  const taken = await changeRun<ReportProblem>(store, runId, run => applyReport(run, received, now()));
  if (!taken.ok) return settleProblem(ports, runId, taken.error);
  const run = taken.value;
  const { kind } = received.body;
  log.info('report.taken', { runId, sequence: received.sequence, kind, state: run.state });
  if (kind === 'finished' || kind === 'failed') {
    const ended = await endRun(ports, runId);
    // The report is kept, and the sweep goes on from there.
    if (!ended.ok) log.warn('end.interrupted', { runId, reason: ended.error.kind });
  }
  return ok(replyOf(run));
}

function settleProblem(
  ports: BackupPorts,
  runId: RunId,
  problem: ReportProblem | ChangeError,
): Promise<Result<ReportReply, ReportRefusal>> {
  switch (problem.kind) {
    case 'repeated':
      return Promise.resolve(ok(replyOf(problem.run)));
    case 'gap':
      return Promise.resolve(refuse('sequence_gap'));
    case 'over':
      return Promise.resolve(refuse('run_over', true));
    case 'misbehaved':
      return misbehave(ports, runId, problem.detail);
    case 'unknown_run':
      return Promise.resolve(refuse('unknown_run', true));
    case 'not_allowed':
    case 'unavailable':
    case 'unreadable':
    case 'denied':
      return Promise.resolve(unavailable(ports, runId, problem.kind));
  }
}

async function misbehave(
  ports: BackupPorts,
  runId: RunId,
  detail: string,
): Promise<Result<ReportReply, ReportRefusal>> {
  const failed = await failRun(ports, runId, 'runner_misbehaved', detail);
  // A run that was over already stays what it is.
  if (failed.ok) return refuse('misbehaved', true);
  return failed.error.kind === 'not_allowed' ? refuse('run_over', true) : unavailable(ports, runId, failed.error.kind);
}

async function refuseForged(ports: BackupPorts, run: BackupRun): Promise<Result<ReportReply, ReportRefusal>> {
  const { runId } = run;
  ports.log.warn('report.refused', { runId, reason: 'bad_signature' });
  const problem = 'a report was not signed by the server’s key';
  // Of old runs anybody could make us tell as many as there are days.
  if (!isEnded(run)) {
    await ports.telling.alert({ kind: 'reports_refused', runId, problem }, `reports_refused:${runId}`);
  }
  return refuse('bad_signature');
}

async function isSignedByRun({ credential }: BackupRun, { body, signature }: ReportCall): Promise<boolean> {
  const { publicKey } = credential;
  if (publicKey === undefined || signature === undefined) return false;
  return isSignedBy(publicKey, 'report', body, signature);
}

function unavailable(ports: BackupPorts, runId: RunId, reason: string): Result<ReportReply, ReportRefusal> {
  ports.log.warn('report.deferred', { runId, reason });
  return refuse('unavailable');
}

const replyOf = (run: BackupRun): ReportReply => ({
  v: 1,
  sequence: run.lastSequence,
  stop: run.failure !== undefined,
});

const refuse = (error: ReportRefusal['error'], stop = false): Result<never, ReportRefusal> => err({ error, stop });
