import type { Parked } from '../contracts/parked.ts';
import { type RecordKind, type RecordSource, recordKey } from '../domain/ids.ts';
import type { DocumentPath } from '../ports/document-store.ts';

/** How something that could not be read from the vendor stands in Firestore's `parked`. Pure. */
export interface MarkedThing {
  readonly source: RecordSource;
  readonly subject: string;
  readonly id: string;
}

export const parkedMarkPath = ({ source, subject, id }: MarkedThing): DocumentPath =>
  `parked/${source}-mark-${named(subject)}-${named(id)}`;

export function parkedMarkFields(
  by: string,
  thing: MarkedThing,
  kind: RecordKind,
  why: { readonly reason: string; readonly detail: string; readonly attempts: number },
  nowMs: number,
): Parked {
  return {
    v: 1,
    by,
    ...why,
    subject: `records/${recordKey(thing.source, kind, thing.id.toWellFormed())}`,
    parkedAt: new Date(nowMs).toISOString(),
  };
}

/** Whatever an id is made of, a person can be told of it: Firestore takes 1,500 bytes, no `/` and no broken text. */
const NAME_LENGTH_MAX = 600;

const named = (text: string): string => encodeURIComponent(text.toWellFormed()).slice(0, NAME_LENGTH_MAX);
