import type { BackupReport } from '@innkeeper/shared/contracts/backup/report';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import type { BackupStep, StepOutcome } from '@innkeeper/shared/contracts/backup/steps';
import type { Log } from '@innkeeper/shared/log/log';
import type { StepFailure, StepProgress } from '../run/step.ts';
import type { Time } from '../run/time.ts';
import { measure, type ProgressMeter, progressBody, startMeter } from './progress-meter.ts';
import type { SendReport } from './send-report.ts';

/**
 * Tells the function how the run goes: one report on its way at a time, numbered without gaps, each until it is
 * answered. Steps and the end are all told, in order; of progress only the newest, and seldom. The work does not wait
 * for it, except where the function has to know first (`delivered`).
 */
export interface Reporter {
  stepStarted(step: BackupStep): void;
  readonly progressed: (progress: StepProgress) => void;
  stepFinished(outcome: StepOutcome, durationMs: number): void;
  /** Resolves when everything told so far was answered, or will never be. */
  delivered(): Promise<void>;
  /** The last words; resolves when they were answered, or after `patienceMs`. Nothing can be told afterwards. */
  close(last: LastWords, patienceMs: number): Promise<void>;
}

export type LastWords =
  | { readonly kind: 'finished'; readonly overheadMs: number }
  | ({ readonly kind: 'failed'; readonly step: 'booting' | BackupStep } & StepFailure);

export interface ReporterOptions {
  readonly runId: RunId;
  readonly send: SendReport;
  readonly time: Time;
  readonly log: Log;
  /** The function said that the run is over, or will not hear this server any more. */
  readonly onStop: (detail: string) => void;
  /** Until this server's own deadline. */
  readonly patienceMs: () => number;
}

type Body = BackupReport['body'];

export const PROGRESS_EVERY_MS = 5_000; // the run document takes about one write a second
const DETAIL_CHARACTERS_MAX = 500;

export function createReporter(options: ReporterOptions): Reporter {
  const { runId, time, log } = options;
  const working = new AbortController();
  let waiting: Body[] = [];
  let meter: ProgressMeter | undefined;
  let isProgressNew = false;
  let progressDueAt = 0;
  let wake: (() => void) | undefined;
  let sequence = 0;
  let isOver = false;
  let sending: Promise<void> | undefined;

  const pump = (): void => {
    if (sending !== undefined || isOver) return;
    const body = waiting.shift() ?? progress();
    if (body === undefined) return;
    sending = deliver(body, working.signal, options.patienceMs()).then(() => {
      sending = undefined;
      pump();
    });
  };

  const progress = (): Body | undefined => {
    if (meter === undefined || !isProgressNew) return undefined;
    const dueInMs = progressDueAt - time.monotonicMs();
    if (dueInMs > 0) {
      wake ??= time.after(dueInMs, () => {
        wake = undefined;
        pump();
      });
      return undefined;
    }
    isProgressNew = false;
    progressDueAt = time.monotonicMs() + PROGRESS_EVERY_MS;
    return progressBody(meter);
  };

  const deliver = async (body: Body, signal: AbortSignal, patienceMs: number): Promise<void> => {
    sequence += 1;
    const report: BackupReport = { v: 1, runId, sequence, at: time.now().toISOString(), body };
    const answer = await options.send(report, { patienceMs, signal });
    if (answer.ok) {
      if (answer.value.stop) stop('The function says that this run is over.');
    } else if (answer.error.kind === 'refused') {
      log.error('report.refused', { kind: body.kind, problem: answer.error.problem });
      stop('The function refuses the reports of this server.');
    } else if (answer.error.kind === 'unanswered') {
      log.error('report.unanswered', { kind: body.kind, problem: answer.error.problem });
    }
  };

  const stop = (detail: string): void => {
    if (isOver) return;
    isOver = true;
    waiting = [];
    options.onStop(detail);
  };

  const queue = (body: Body): void => {
    waiting.push(body);
    pump();
  };

  /** Everything queued, until nothing is left to send now. */
  const delivered = async (): Promise<void> => {
    for (let current = sending; current !== undefined; current = sending) await current;
  };

  return {
    stepStarted(step) {
      meter = startMeter(step, time.monotonicMs());
      isProgressNew = true;
      pump();
    },
    progressed(latest) {
      if (meter === undefined) return;
      meter = measure(meter, latest, time.monotonicMs());
      isProgressNew = true;
      pump();
    },
    stepFinished(outcome, durationMs) {
      meter = undefined;
      queue({ kind: 'step_finished', outcome, durationMs: Math.round(durationMs) });
    },
    delivered,
    async close(last, patienceMs) {
      meter = undefined;
      wake?.();
      const giveUp = new AbortController();
      const cancel = time.after(patienceMs, () => {
        giveUp.abort();
        working.abort();
      });
      try {
        await delivered();
        if (isOver || giveUp.signal.aborted) return;
        isOver = true; // Whatever the answer is, there is nothing left to stop.
        await deliver(lastBody(last), giveUp.signal, patienceMs);
      } finally {
        isOver = true;
        cancel();
      }
    },
  };
}

function lastBody(last: LastWords): Body {
  return last.kind === 'finished'
    ? { kind: 'finished', overheadMs: Math.round(last.overheadMs) }
    : {
        kind: 'failed',
        step: last.step,
        reason: last.reason,
        detail: last.detail.slice(0, DETAIL_CHARACTERS_MAX),
      };
}
