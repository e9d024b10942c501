import type { Scan } from '../position/position-store.ts';
import type { ScanContext, ScanProgress } from '../run/scan-ports.ts';
import { FOLLOWED } from '../source-document.ts';
import { paceOfScan, renderPace } from './scan-pace.ts';
import { idsPart } from './scan-progress.ts';

/** Progress by what the documents are: reading a collection and comparing its ids count as one. Pure. */
export function progressOfScan(scan: Scan): ScanProgress {
  const parts = FOLLOWED.map(followed => {
    const begun = [scan.collections[followed], scan.collections[idsPart(followed)]].filter(part => part !== undefined);
    return [
      followed,
      {
        scanned: begun.reduce((sum, { scanned }) => sum + scanned, 0),
        expected: begun.reduce(
          (sum, { done, scanned, expected }) => sum + (done ? scanned : Math.max(scanned, expected)),
          0,
        ),
        done: begun.length > 0 && begun.every(({ done }) => done),
      },
    ] as const;
  });
  return Object.fromEntries(parts);
}

/** Often enough to see that it moves, seldom enough for a log of hours. */
const LOG_INTERVAL_MS = 10_000;

/** Tells `/status` of every step and the log of one in ten seconds. */
export function reportScan(
  { now, log, onProgress }: Pick<ScanContext, 'now' | 'log' | 'onProgress'>,
  event: 'snapshot.advanced' | 'healing.advanced',
  startedWith: Scan,
): (scan: Scan) => void {
  const startedAtMs = now().getTime();
  let loggedAtMs = startedAtMs;
  return scan => {
    const progress = progressOfScan(scan);
    onProgress(progress);
    const nowMs = now().getTime();
    if (Math.abs(nowMs - loggedAtMs) < LOG_INTERVAL_MS) return;
    loggedAtMs = nowMs;
    const pace = paceOfScan(progress, progressOfScan(startedWith), nowMs - startedAtMs);
    log.info(event, { ...pace, bar: renderPace(pace) });
  };
}
