import { isDeepStrictEqual } from 'node:util';
import type { DocumentFields } from '@innkeeper/shared/ports/document-store';

/** A document of JSON types as Firestore takes it: without the fields that are absent. Pure. */
export const toFields = (document: object): DocumentFields => JSON.parse(JSON.stringify(document)) as DocumentFields;

/** Whether two states differ in nothing but their version; the order of fields does not count. Pure. */
export const isSameContent = (left: object, right: object): boolean =>
  isDeepStrictEqual(toFields({ ...left, version: 0 }), toFields({ ...right, version: 0 }));
