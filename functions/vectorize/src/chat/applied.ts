/** What a change did to the document it is about. */
export type Effect =
  /** The document says something else now. */
  | 'written'
  /** It said the same already. */
  | 'unchanged'
  /** It knew better: this change came late. */
  | 'older';

export interface InvalidDocument {
  readonly kind: 'invalid_document';
  readonly detail: string;
}
