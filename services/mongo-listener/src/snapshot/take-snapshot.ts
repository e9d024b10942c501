import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { compareIds } from '../healing/compare-ids.ts';
import { isAnythingKnown } from '../healing/known-ids.ts';
import { operationTimeOfVersion } from '../operation-time.ts';
import type { Scan } from '../position/position-store.ts';
import type { ScanContext, ScanError, TakeSnapshot } from '../run/scan-ports.ts';
import type { Followed } from '../source-document.ts';
import { beginScan } from './begin-scan.ts';
import { withMongodbSourceReader } from './mongodb-source-reader.ts';
import { reportScan } from './report-scan.ts';
import { scanCollection } from './scan-collection.ts';
import { idsPart, keepScanProgress } from './scan-progress.ts';
import type { SourceReader } from './source-reader.ts';

/** Who may read comes before what is to be read: no message arrives before its room's members. */
const SCAN_ORDER = ['room', 'user', 'subscription', 'message'] as const satisfies readonly Followed[];

/**
 * Copies the four collections once. The operation time is noted and saved before the first read and every document
 * carries it as its version, so that the stream started there loses nothing and overrules what is older. A snapshot that
 * was interrupted goes on with the operation time it began with. Where something is known already, because only the
 * position was lost, what is gone meanwhile is taken back.
 */
export const takeSnapshot: TakeSnapshot = context =>
  withMongodbSourceReader(context.database, context.signal, reader => snapshotFrom(reader, context));

type SnapshotContext = Omit<ScanContext, 'database'>;

/** The same over any reader. */
export async function snapshotFrom(reader: SourceReader, context: SnapshotContext): ReturnType<TakeSnapshot> {
  const { held, window, known, signal, now } = context;
  const begun = await beginSnapshot(reader, context);
  if (!begun.ok) return begun;
  const { version, collections } = begun.value;
  const keeper = keepScanProgress({
    scan: begun.value,
    window,
    save: snapshot => held.save({ snapshot }),
    onAdvance: reportScan(context, 'snapshot.advanced', begun.value),
    signal,
    now,
  });
  const ports = { reader, known, keeper, context };
  const compares = idsPart('message') in collections;
  const operation = compares ? 'replace' : 'insert';
  for (const followed of SCAN_ORDER) {
    const scanned = await scanCollection(ports, { followed, operation, version, origin: 'snapshot' });
    if (!scanned.ok) return scanned;
  }
  for (const followed of compares ? SCAN_ORDER : []) {
    const compared = await compareIds(ports, followed);
    if (!compared.ok) return compared;
  }
  return ok({ version, operationTime: operationTimeOfVersion(version) });
}

async function beginSnapshot(
  reader: SourceReader,
  { held, known, now }: SnapshotContext,
): Promise<Result<Scan, ScanError>> {
  const unfinished = held.position.snapshot;
  if (unfinished !== undefined) {
    reader.readAfter(operationTimeOfVersion(unfinished.version));
    return ok(unfinished);
  }
  const anything = await isAnythingKnown(known);
  if (!anything.ok) return err({ kind: 'store', error: anything.error });
  const begun = await beginScan(reader, now, anything.value);
  if (!begun.ok) return begun;
  const saved = await held.save({ snapshot: begun.value });
  return saved.ok ? begun : err({ kind: 'position', error: saved.error });
}
