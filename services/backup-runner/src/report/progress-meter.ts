import type { BackupReport } from '@innkeeper/shared/contracts/backup/report';
import type { BackupStep } from '@innkeeper/shared/contracts/backup/steps';
import type { StepProgress } from '../run/step.ts';

type ProgressBody = Extract<BackupReport['body'], { kind: 'progress' }>;

/**
 * Turns what a step says into what a person reads: percent, rate, time left. Never goes back within a step, whatever
 * the step says. The rate is that of the last half minute, so that it follows the network and not the past. Pure.
 */
export interface ProgressMeter {
  readonly step: BackupStep;
  readonly percent: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Oldest first, of the last half minute and one before. */
  readonly samples: readonly { readonly atMs: number; readonly bytes: number }[];
}

/** The rate is that of the last half minute: steady enough to read, quick enough to show a stall. */
const WINDOW_MS = 30_000;
/** Only the report of the finished step says that all is done. */
const PERCENT_MAX = 99;

export const startMeter = (step: BackupStep, atMs: number): ProgressMeter => ({
  step,
  percent: 0,
  bytesDone: 0,
  bytesTotal: 0,
  samples: [{ atMs, bytes: 0 }],
});

export function measure(meter: ProgressMeter, progress: StepProgress, atMs: number): ProgressMeter {
  const bytesDone = Math.max(meter.bytesDone, Math.round(progress.bytesDone));
  const bytesTotal = Math.max(0, Math.round(progress.bytesTotal));
  const share = bytesTotal === 0 ? 0 : Math.min(PERCENT_MAX, (bytesDone / bytesTotal) * 100);
  const older = meter.samples.findLastIndex(sample => sample.atMs <= atMs - WINDOW_MS);
  return {
    step: meter.step,
    percent: Math.max(meter.percent, Math.floor(share * 10) / 10),
    bytesDone,
    bytesTotal,
    samples: [...meter.samples.slice(Math.max(0, older)), { atMs, bytes: bytesDone }],
  };
}

export function progressBody(meter: ProgressMeter): ProgressBody {
  const [first] = meter.samples;
  const last = meter.samples.at(-1);
  const elapsedMs = first === undefined || last === undefined ? 0 : last.atMs - first.atMs;
  const bytes = first === undefined || last === undefined ? 0 : last.bytes - first.bytes;
  const bytesPerSecond = elapsedMs <= 0 ? 0 : Math.round((bytes / elapsedMs) * 1000);
  const left = meter.bytesTotal - meter.bytesDone;
  return {
    kind: 'progress',
    step: meter.step,
    percent: meter.percent,
    bytesDone: meter.bytesDone,
    bytesPerSecond,
    ...(left > 0 && bytesPerSecond > 0 ? { secondsLeft: Math.ceil(left / bytesPerSecond) } : {}),
  };
}
