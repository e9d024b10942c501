import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Document } from 'mongodb';
import { interpret } from '../meaning/interpret.ts';
import type { ScanContext, ScanError } from '../run/scan-ports.ts';
import type { SourceChange } from '../source-document.ts';
import { unlessAborted } from './unless-aborted.ts';

export type OfferContext = Pick<ScanContext, 'window' | 'assistant' | 'signal'>;

/** Of a scanned change all but the document itself. */
export type ScannedAs = Omit<SourceChange, 'id' | 'document' | 'touched'>;

/** Offers documents in order, at the pace of the window; answers how many of them are messages to be kept. */
export async function offerDocuments(
  context: OfferContext,
  documents: readonly Document[],
  scannedAs: ScannedAs,
): Promise<Result<number, ScanError>> {
  let messages = 0;
  for (const document of documents) {
    const offer = offerChange(context, { ...scannedAs, id: document._id, document });
    if (offer.means === 'message') messages += 1;
    const room = offer.room === undefined ? undefined : await offer.room;
    if (room?.ok === false) return room;
  }
  return context.signal.aborted ? err({ kind: 'stopped' }) : ok(messages);
}

/** Offers one change; before the next, `room` has to be waited for where there is one. */
export function offerChange(
  { window, assistant, signal }: OfferContext,
  change: SourceChange,
): { readonly means: string; readonly room?: Promise<Result<void, ScanError>> } {
  const meaning = interpret(change, assistant);
  const room = window.offer(change, meaning);
  return {
    means: meaning.kind === 'change' ? meaning.change.kind : meaning.kind,
    ...(room !== undefined && { room: unlessAborted(room, signal) }),
  };
}
