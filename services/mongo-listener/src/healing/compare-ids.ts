import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { ScanError } from '../run/scan-ports.ts';
import { type OfferContext, offerChange, offerDocuments } from '../snapshot/offer-documents.ts';
import { idsPart, NO_PROGRESS, type ScanProgressKeeper } from '../snapshot/scan-progress.ts';
import type { SourceReader } from '../snapshot/source-reader.ts';
import type { Followed } from '../source-document.ts';
import { findDifferences } from './find-differences.ts';
import { type KnownId, knownAmong, knownIds } from './known-ids.ts';

export interface ComparisonPorts {
  readonly reader: SourceReader;
  readonly known: DocumentStore;
  readonly keeper: ScanProgressKeeper;
  readonly context: OfferContext;
}

/**
 * Compares the ids known downstream with those in MongoDB in one pass over both, and offers the removal of what is gone.
 * Where `writtenBefore` is given, what is unknown and was written before is read and offered too. Progress is kept by id.
 */
export async function compareIds(
  ports: ComparisonPorts,
  followed: Followed,
  writtenBefore?: Date,
): Promise<Result<void, ScanError>> {
  const { keeper } = ports;
  const part = idsPart(followed);
  let progress = keeper.scan.collections[part] ?? NO_PROGRESS;
  if (progress.done) return ok(undefined);
  const differences = findDifferences(
    knownPages(ports, followed, progress.after),
    sourcePages(ports, followed, progress.after),
    progress.after,
  );
  for await (const found of differences) {
    if (!found.ok) return found;
    const { onlyKnown, knownToLookUp, onlySource, sourceToLookUp, compared, after } = found.value;
    const removed = await offerRemovals(ports, followed, [...onlyKnown, ...knownToLookUp]);
    if (!removed.ok) return removed;
    const added =
      writtenBefore === undefined ? ok(0) : await offerUnknown(ports, onlySource, sourceToLookUp, writtenBefore);
    if (!added.ok) return added;
    progress = {
      ...progress,
      ...(after !== undefined && { after }),
      scanned: progress.scanned + compared,
      removed: (progress.removed ?? 0) + removed.value,
      found: (progress.found ?? 0) + added.value,
    };
    const kept = keeper.advance(part, progress);
    if (!kept.ok) return kept;
  }
  const kept = keeper.advance(part, { ...progress, done: true });
  return kept.ok ? keeper.settle() : kept;
}

/** Only what was known before the scan began, and only once a point read at majority confirms that it is gone. */
async function offerRemovals(
  { reader, keeper, context }: ComparisonPorts,
  followed: Followed,
  suspects: readonly KnownId[],
): Promise<Result<number, ScanError>> {
  const { version } = keeper.scan;
  const ids = suspects.filter(known => !known.gone && known.version < version).map(({ id }) => id);
  if (ids.length === 0) return ok(0);
  const existing = await reader.existing(followed, ids);
  if (!existing.ok) return err({ kind: 'mongodb', failure: existing.error });
  const gone = ids.filter(id => !existing.value.has(id));
  for (const id of gone) {
    const { room } = offerChange(context, { followed, operation: 'delete', id, version, origin: 'healing' });
    const waited = room === undefined ? undefined : await room;
    if (waited?.ok === false) return waited;
  }
  return ok(gone.length);
}

/** Messages that never arrived. What was written later is the catch-up's, and so is what has no date. */
async function offerUnknown(
  { reader, known, keeper, context }: ComparisonPorts,
  unknown: readonly string[],
  perhapsUnknown: readonly string[],
  writtenBefore: Date,
): Promise<Result<number, ScanError>> {
  if (unknown.length === 0 && perhapsUnknown.length === 0) return ok(0);
  const among = await knownAmong(known, 'message', perhapsUnknown);
  if (!among.ok) return err({ kind: 'store', error: among.error });
  const ids = [...unknown, ...perhapsUnknown.filter(id => !among.value.has(id))];
  let found = 0;
  for await (const page of reader.documents('message', ids)) {
    if (!page.ok) return err({ kind: 'mongodb', failure: page.error });
    const older = page.value.documents.filter(
      ({ _updatedAt }) => _updatedAt instanceof Date && _updatedAt < writtenBefore,
    );
    const offered = await offerDocuments(context, older, {
      followed: 'message',
      operation: 'insert',
      version: keeper.scan.version,
      origin: 'healing',
    });
    if (!offered.ok) return offered;
    found += offered.value;
  }
  return ok(found);
}

async function* knownPages(
  { known }: ComparisonPorts,
  followed: Followed,
  after: string | undefined,
): AsyncGenerator<Result<KnownId[], ScanError>, void> {
  for await (const page of knownIds(known, followed, after)) {
    yield page.ok ? page : err({ kind: 'store', error: page.error });
  }
}

async function* sourcePages(
  { reader }: ComparisonPorts,
  followed: Followed,
  after: string | undefined,
): AsyncGenerator<Result<string[], ScanError>, void> {
  for await (const page of reader.scan(followed, { after, idsOnly: true })) {
    yield page.ok
      ? ok(page.value.documents.map(({ _id }): unknown => _id).filter(id => typeof id === 'string'))
      : err({ kind: 'mongodb', failure: page.error });
  }
}
