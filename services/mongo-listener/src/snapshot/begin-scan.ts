import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { versionOfOperationTime } from '../operation-time.ts';
import type { Scan } from '../position/position-store.ts';
import type { ScanError } from '../run/scan-ports.ts';
import { FOLLOWED } from '../source-document.ts';
import { idsPart, NO_PROGRESS, type PartProgress } from './scan-progress.ts';
import type { SourceReader } from './source-reader.ts';

/**
 * Notes the operation time, then counts what is to be read: a scan that has not read anything yet. One that `compares`
 * has a part for the ids of each collection as well.
 */
export async function beginScan(
  reader: SourceReader,
  now: () => Date,
  compares: boolean,
): Promise<Result<Scan, ScanError>> {
  const time = await reader.operationTime();
  if (!time.ok) return err({ kind: 'mongodb', failure: time.error });
  const collections: Scan['collections'] = {};
  for (const followed of FOLLOWED) {
    const count = await reader.count(followed);
    if (!count.ok) return err({ kind: 'mongodb', failure: count.error });
    const expected: PartProgress = { ...NO_PROGRESS, expected: count.value };
    collections[followed] = expected;
    if (compares) collections[idsPart(followed)] = expected;
  }
  return ok({ version: versionOfOperationTime(time.value), startedAt: now().toISOString(), collections });
}
