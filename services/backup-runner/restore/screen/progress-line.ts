import { formatBytes, formatDuration } from '@innkeeper/shared/backup/format-figures';
import type { StepProgress } from '../../src/run/step.ts';
import { drawBar } from './format.ts';

/** How far a step is, with the rate since it began. Pure. */
export interface Pace {
  readonly name: string;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** 0 to 100. */
  readonly percent: number;
  readonly bytesPerSecond: number;
  /** Absent while there is nothing to reckon from. */
  readonly secondsLeft?: number;
}

export function paceOf(name: string, { bytesDone, bytesTotal }: StepProgress, elapsedMs: number): Pace {
  const percent = bytesTotal === 0 ? 0 : Math.min(100, Math.floor((bytesDone / bytesTotal) * 100));
  const bytesPerSecond = elapsedMs === 0 ? 0 : Math.round((bytesDone / elapsedMs) * 1000);
  const left = Math.max(0, bytesTotal - bytesDone);
  return {
    name,
    bytesDone,
    bytesTotal,
    percent,
    bytesPerSecond,
    ...(bytesPerSecond === 0 ? {} : { secondsLeft: Math.ceil(left / bytesPerSecond) }),
  };
}

/** `files  ██████──────  43 %  12.3 MB/s  42 s left`. */
export function progressBar(pace: Pace): string {
  const left = pace.secondsLeft === undefined ? '' : `  ${formatDuration(pace.secondsLeft * 1000)} left`;
  return (
    `${pace.name.padEnd(18)} ${drawBar(pace.percent)} ${String(pace.percent).padStart(3)} %` +
    `  ${formatBytes(pace.bytesPerSecond)}/s${left}`
  );
}
