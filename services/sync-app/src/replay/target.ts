import type { RecordSource } from '@innkeeper/shared/domain/ids';
import type { DocumentPath, Timestamp } from '@innkeeper/shared/ports/document-store';

/** One thing that is to be replayed, or that cannot be. */
export interface Target {
  /** As a person names it: `--id` takes it. */
  readonly id: string;
  /** `guesty`, `aircall`, `rocketchat`; `innkeeper` where no vendor is concerned. */
  readonly source: string;
  /** The vendor's name of the event, or what failed. */
  readonly what: string;
  /** What became of it: an outcome, or the reason it is parked for. */
  readonly standing: string;
  readonly way: Way;
}

export type Way =
  /** On the queue of its Worker again. `noted`: when its event was last written, before the replay. */
  | { readonly by: 'queue'; readonly vendor: RecordSource; readonly eventId: string; readonly noted: Timestamp }
  /** Read from the vendor again. */
  | {
      readonly by: 'mark';
      readonly vendor: RecordSource;
      readonly subject: string;
      readonly id: string;
      readonly parked: DocumentPath;
    }
  /** A kept chat change, published again. `messageId`: of the push that was parked. */
  | { readonly by: 'chat-change'; readonly messageId: string; readonly parked: DocumentPath }
  /** A chat message that is in Firestore, published again as it stands there. */
  | { readonly by: 'chat-message'; readonly document: DocumentPath; readonly parked: DocumentPath }
  /** A document whose trigger is to come again. */
  | { readonly by: 'touch'; readonly document: DocumentPath; readonly parked: DocumentPath }
  | { readonly by: 'none'; readonly why: string };
