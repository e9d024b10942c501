import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { BackupReport } from '@innkeeper/shared/contracts/backup/report';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { finishedStep } from '../run/outcomes.ts';
import { isWorking, type RunEvent, transition } from '../run/transitions.ts';
import { missingEvidence } from './missing-evidence.ts';

/** What a report, signed by the run's own key, makes of the run. Pure. */
export type ReportProblem =
  /** Seen already: its answer was lost. */
  | { readonly kind: 'repeated'; readonly run: BackupRun }
  /** A number was left out. */
  | { readonly kind: 'gap'; readonly run: BackupRun }
  /** The run is not at work any more. */
  | { readonly kind: 'over'; readonly run: BackupRun }
  /** What no honest runner says. */
  | { readonly kind: 'misbehaved'; readonly detail: string };

type ReportBody = BackupReport['body'];

export function applyReport(run: BackupRun, report: BackupReport, now: Date): Result<BackupRun, ReportProblem> {
  const { sequence, body } = report;
  if (sequence <= run.lastSequence) return err({ kind: 'repeated', run });
  if (!isWorking(run)) return err({ kind: 'over', run });
  if (sequence > run.lastSequence + 1) return err({ kind: 'gap', run });
  const contradiction = findContradiction(run, body);
  if (contradiction !== undefined) return err({ kind: 'misbehaved', detail: contradiction });
  const next = transition(run, eventOf(body), now);
  if (!next.ok) return err({ kind: 'misbehaved', detail: `${body.kind} while ${run.state}` });
  return ok({ ...next.value, lastSequence: sequence, lastReportAt: now.toISOString() });
}

function findContradiction(run: BackupRun, body: ReportBody): string | undefined {
  switch (body.kind) {
    case 'progress': {
      const { step, percent } = body;
      if (step !== run.state) return `progress of ${step} while ${run.state}`;
      if (finishedStep(run, step) !== undefined) return `progress of ${step} after its end`;
      const before = run.progress?.step === step ? run.progress.percent : 0;
      return percent < before ? `progress of ${step} went from ${before} to ${percent} percent` : undefined;
    }
    case 'step_finished': {
      const { step } = body.outcome;
      if (step !== run.state) return `end of ${step} while ${run.state}`;
      return finishedStep(run, step) === undefined ? undefined : `a second end of ${step}`;
    }
    case 'finished': {
      const missing = missingEvidence(run);
      return missing.length === 0 ? undefined : `finished without ${missing.join(', ')}`;
    }
    case 'failed':
      return undefined;
  }
}

function eventOf(body: ReportBody): RunEvent {
  switch (body.kind) {
    case 'progress': {
      const { kind: _kind, ...progress } = body;
      return { kind: 'progressed', progress };
    }
    case 'step_finished':
      return { kind: 'step_finished', outcome: { outcome: body.outcome, durationMs: body.durationMs } };
    case 'finished':
      return { kind: 'work_finished', overheadMs: body.overheadMs };
    case 'failed':
      return { kind: 'failed', reason: body.reason, detail: `${body.step}: ${body.detail}` };
  }
}
