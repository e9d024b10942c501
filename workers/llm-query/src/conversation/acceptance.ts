/**
 * What one more delivery of a message means, given what is known of it. Rocket.Chat delivers again for hours, in any
 * order. Pure.
 */
export interface KnownMessage {
  /** Hash of the text that is answered or in work. */
  readonly textHash: string;
  /** Hashes of the edits that were seen. */
  readonly editsSeen: readonly string[];
}

export type Acceptance = 'new' | 'edit' | 'repeat';

export function decideAcceptance(
  known: KnownMessage | undefined,
  delivery: { readonly textHash: string; readonly edited: boolean },
): Acceptance {
  if (known === undefined) return 'new';
  // The original text again, early or late: an edit that came in between stands.
  if (!delivery.edited || delivery.textHash === known.textHash) return 'repeat';
  // An edit that a newer one replaced, delivered again. Somebody who edits back to an earlier edit is not told apart
  // from that: the body carries no time of the edit.
  return known.editsSeen.includes(delivery.textHash) ? 'repeat' : 'edit';
}
