import type { DocumentFields, DocumentValue } from '@innkeeper/shared/ports/document-store';
import { compareValues, typeOf } from '@innkeeper/shared/testing/document-value-order';

/** Firestore's equality of whole documents, without putting their keys in order first. */
export function sameFields(left: DocumentFields, right: DocumentFields): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every(name => {
    const [one, other] = [left[name], right[name]];
    return one !== undefined && other !== undefined && sameValue(one, other);
  });
}

function sameValue(left: DocumentValue, right: DocumentValue): boolean {
  if (left === right) return true;
  const type = typeOf(left);
  if (type !== typeOf(right)) return false;
  if (type === 'string' || type === 'boolean') return false;
  if (type === 'map') return sameFields(left as DocumentFields, right as DocumentFields); // the type says so
  if (Array.isArray(left) && Array.isArray(right)) {
    const others = right as readonly DocumentValue[]; // an array of a document holds its values
    return (
      left.length === others.length &&
      left.every((item: DocumentValue, index) => sameValue(item, others[index] ?? null))
    );
  }
  return compareValues(left, right) === 0;
}
