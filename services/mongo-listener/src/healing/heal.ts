import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { operationTimeOfVersion } from '../operation-time.ts';
import type { Scan } from '../position/position-store.ts';
import type { Heal, HealingCause, HealingReport, ScanContext, ScanError } from '../run/scan-ports.ts';
import { beginScan } from '../snapshot/begin-scan.ts';
import { withMongodbSourceReader } from '../snapshot/mongodb-source-reader.ts';
import { reportScan } from '../snapshot/report-scan.ts';
import { scanCollection } from '../snapshot/scan-collection.ts';
import { idsPart, keepScanProgress, NO_PROGRESS } from '../snapshot/scan-progress.ts';
import type { SourceReader } from '../snapshot/source-reader.ts';
import { FOLLOWED, type Followed } from '../source-document.ts';
import { catchUpSince } from './catch-up-window.ts';
import { compareIds } from './compare-ids.ts';

/**
 * Makes good a gap in the change stream without anybody's help: who may read what is read again whole, what is gone is
 * taken back, what never arrived is added, messages written since are read again. Every document carries the operation
 * time noted first, at which the stream goes on afterwards. Interrupted, it continues where it stopped.
 */
export const heal: Heal = (context, cause) =>
  withMongodbSourceReader(context.database, context.signal, reader => healFrom(reader, context, cause));

type HealingContext = Omit<ScanContext, 'database'>;

/** Small, and read whole each time: rooms, people, memberships. */
const WHOLE = ['room', 'user', 'subscription'] as const satisfies readonly Followed[];

/** The same over any reader. */
export async function healFrom(reader: SourceReader, context: HealingContext, cause: HealingCause): ReturnType<Heal> {
  const { held, known, now, window } = context;
  const { reason, since } = cause;
  const writtenSince = catchUpSince(reason, since);
  const begun = await beginHealing(reader, context, cause, writtenSince !== undefined);
  if (!begun.ok) return begun;
  const { version, startedAt } = begun.value;
  const keeper = keepScanProgress({
    scan: begun.value,
    window,
    save: scan => held.save({ healing: healing(cause, scan) }),
    onAdvance: reportScan(context, 'healing.advanced', begun.value),
    signal: context.signal,
    now,
  });
  const ports = { reader, known, keeper, context };
  // Even where nothing is known yet, something may be on its way downstream.
  const scannedAs = { operation: 'replace', version, origin: 'healing' } as const;

  // What may no longer be seen goes first: removals before the long reading of messages.
  const steps: (() => Promise<Result<void, ScanError>>)[] = [
    ...WHOLE.map(followed => () => scanCollection(ports, { followed, ...scannedAs })),
    ...WHOLE.map(followed => () => compareIds(ports, followed)),
    () => compareIds(ports, 'message', writtenSince),
    () => scanCollection(ports, { followed: 'message', ...scannedAs }, writtenSince),
  ];
  for (const step of steps) {
    const done = await step();
    if (!done.ok) return done;
  }
  const report: HealingReport = {
    reason,
    ...(since !== undefined && { since: since.toISOString() }),
    ...countsOf(keeper.scan),
    tookMs: Math.max(0, now().getTime() - Date.parse(startedAt)),
  };
  return ok({ operationTime: operationTimeOfVersion(version), report });
}

/** Takes up the healing of the same gap, or notes a new beginning. */
async function beginHealing(
  reader: SourceReader,
  { held, now }: HealingContext,
  cause: HealingCause,
  isWindow: boolean,
): Promise<Result<Scan, ScanError>> {
  const unfinished = held.position.healing;
  if (unfinished?.reason === cause.reason && unfinished.since === cause.since?.toISOString()) {
    reader.readAfter(operationTimeOfVersion(unfinished.scan.version));
    return ok(unfinished.scan);
  }
  const begun = await beginScan(reader, now, true);
  if (!begun.ok) return begun;
  // How many were written within a window is not known beforehand.
  const collections = { ...begun.value.collections, ...(isWindow && { message: NO_PROGRESS }) };
  const scan = { ...begun.value, collections };
  const saved = await held.save({ healing: healing(cause, scan) });
  return saved.ok ? ok(scan) : err({ kind: 'position', error: saved.error });
}

const healing = ({ reason, since }: HealingCause, scan: Scan) => ({
  reason,
  ...(since !== undefined && { since: since.toISOString() }),
  scan,
});

function countsOf({ collections }: Scan): Pick<HealingReport, 'offered' | 'removed' | 'found'> {
  const perCollection = (count: (followed: Followed) => number) =>
    Object.fromEntries(FOLLOWED.map(followed => [followed, count(followed)]));
  return {
    offered: perCollection(followed => (collections[followed] ?? NO_PROGRESS).scanned),
    removed: perCollection(followed => collections[idsPart(followed)]?.removed ?? 0),
    found: collections[idsPart('message')]?.found ?? 0,
  };
}
