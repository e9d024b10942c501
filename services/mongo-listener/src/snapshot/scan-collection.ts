import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { ScanError } from '../run/scan-ports.ts';
import { type OfferContext, offerDocuments, type ScannedAs } from './offer-documents.ts';
import { NO_PROGRESS, type ScanProgressKeeper } from './scan-progress.ts';
import type { SourceReader } from './source-reader.ts';

/**
 * Reads one collection from where its progress stands to the end and offers every document, one page read ahead. Taken
 * up again, it repeats at most what was not acknowledged.
 */
export async function scanCollection(
  { reader, keeper, context }: { reader: SourceReader; keeper: ScanProgressKeeper; context: OfferContext },
  scannedAs: ScannedAs,
  writtenSince?: Date,
): Promise<Result<void, ScanError>> {
  const part = scannedAs.followed;
  let progress = keeper.scan.collections[part] ?? NO_PROGRESS;
  if (progress.done) return ok(undefined);
  const pages = reader.scan(part, { after: progress.after, ...(writtenSince !== undefined && { writtenSince }) });
  let next = pages.next();
  try {
    for (;;) {
      const page = await next;
      if (page.done === true) break;
      if (!page.value.ok) return err({ kind: 'mongodb', failure: page.value.error });
      next = pages.next();
      const { documents, after } = page.value.value;
      const offered = await offerDocuments(context, documents, scannedAs);
      if (!offered.ok) return offered;
      progress = { ...progress, ...(after !== undefined && { after }), scanned: progress.scanned + documents.length };
      const kept = keeper.advance(part, progress);
      if (!kept.ok) return kept;
    }
  } finally {
    await next;
    await pages.return();
  }
  const kept = keeper.advance(part, { ...progress, done: true });
  return kept.ok ? keeper.settle() : kept;
}
