import * as sdk from '@google-cloud/firestore';
import type { DocumentFields, DocumentWrite, FieldTransform, Precondition } from '../../ports/document-store.ts';
import { toSdkFields, toSdkTimestamp, toSdkValue } from './firestore-sdk-values.ts';

/**
 * Puts our writes on an SDK batch or transaction. The SDK has no precondition on `set`; there it stands on a write before
 * it, in the same commit, that changes nothing.
 */
export interface WriteTarget {
  create(reference: sdk.DocumentReference, data: sdk.DocumentData): unknown;
  set(reference: sdk.DocumentReference, data: sdk.DocumentData, options?: sdk.SetOptions): unknown;
  update(
    reference: sdk.DocumentReference,
    field: sdk.FieldPath,
    value: sdk.FieldValue,
    precondition: sdk.Precondition,
  ): unknown;
  delete(reference: sdk.DocumentReference, precondition?: sdk.Precondition): unknown;
}

/** Never written by anything: deleting it changes nothing. */
const ABSENT_FIELD = new sdk.FieldPath('innkeeper precondition');

/** Answers how many results the commit will have for this write; the last one is its own. */
export function addSdkWrite(target: WriteTarget, write: DocumentWrite, firestore: sdk.Firestore): number {
  const reference = firestore.doc(write.path);
  const { precondition } = write;
  if (write.op === 'delete') {
    if (precondition === undefined) target.delete(reference);
    else target.delete(reference, toSdkPrecondition(precondition));
    return 1;
  }
  const { data, paths } = toSdkData(write.fields, write.transforms ?? [], firestore);
  if (precondition !== undefined && 'exists' in precondition && !precondition.exists) {
    target.create(reference, data);
    return 1;
  }
  if (precondition !== undefined) {
    target.update(reference, ABSENT_FIELD, sdk.FieldValue.delete(), toSdkPrecondition(precondition));
  }
  if (write.op === 'merge') target.set(reference, data, { mergeFields: paths });
  else target.set(reference, data);
  return precondition === undefined ? 1 : 2;
}

const toSdkPrecondition = (precondition: Precondition): sdk.Precondition =>
  'exists' in precondition
    ? { exists: precondition.exists }
    : { lastUpdateTime: toSdkTimestamp(precondition.updateTime) };

/** The SDK writes transforms as placeholders inside the data. */
function toSdkData(
  fields: DocumentFields,
  transforms: readonly FieldTransform[],
  firestore: sdk.Firestore,
): { data: sdk.DocumentData; paths: sdk.FieldPath[] } {
  const data = toSdkFields(fields, firestore);
  const paths = Object.keys(fields).map(name => new sdk.FieldPath(name));
  for (const transform of transforms) {
    const segments = transform.field.split('.');
    placeAt(data, segments, toPlaceholder(transform, firestore));
    if (!Object.hasOwn(fields, segments[0] ?? '')) paths.push(new sdk.FieldPath(...segments));
  }
  return { data, paths };
}

function placeAt(data: sdk.DocumentData, segments: readonly string[], placeholder: sdk.FieldValue): void {
  const [name = '', ...rest] = segments;
  if (rest.length === 0) {
    data[name] = placeholder;
    return;
  }
  const inner: unknown = data[name];
  const map: sdk.DocumentData = isPlainObject(inner) ? inner : {};
  data[name] = map;
  placeAt(map, rest, placeholder);
}

const isPlainObject = (value: unknown): value is sdk.DocumentData =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function toPlaceholder(transform: FieldTransform, firestore: sdk.Firestore): sdk.FieldValue {
  if ('increment' in transform) return sdk.FieldValue.increment(transform.increment);
  if ('maximum' in transform) return sdk.FieldValue.maximum(transform.maximum);
  if ('minimum' in transform) return sdk.FieldValue.minimum(transform.minimum);
  if ('arrayUnion' in transform) {
    return sdk.FieldValue.arrayUnion(...transform.arrayUnion.map(item => toSdkValue(item, firestore)));
  }
  if ('arrayRemove' in transform) {
    return sdk.FieldValue.arrayRemove(...transform.arrayRemove.map(item => toSdkValue(item, firestore)));
  }
  return sdk.FieldValue.serverTimestamp();
}
