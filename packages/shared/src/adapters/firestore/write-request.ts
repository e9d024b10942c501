import type { DocumentWrite, FieldTransform, Precondition } from '../../ports/document-store.ts';
import { fieldName, fieldPath } from './field-path.ts';
import { timestampToText } from './timestamp-text.ts';
import type { ValueCodec } from './value-codec.ts';

/** A `DocumentWrite` as an element of the REST API's `writes`. Pure. */
export function encodeWrite(write: DocumentWrite, documentsRoot: string, codec: ValueCodec): object {
  const name = `${documentsRoot}/${write.path}`;
  const currentDocument =
    write.precondition === undefined ? {} : { currentDocument: encodePrecondition(write.precondition) };
  if (write.op === 'delete') return { delete: name, ...currentDocument };
  const transforms = write.transforms ?? [];
  return {
    update: { name, fields: codec.encodeFields(write.fields) },
    ...(write.op === 'merge' ? { updateMask: { fieldPaths: Object.keys(write.fields).map(fieldName) } } : {}),
    ...(transforms.length === 0 ? {} : { updateTransforms: transforms.map(item => encodeTransform(item, codec)) }),
    ...currentDocument,
  };
}

const encodePrecondition = (precondition: Precondition): object =>
  'exists' in precondition ? { exists: precondition.exists } : { updateTime: timestampToText(precondition.updateTime) };

function encodeTransform(transform: FieldTransform, codec: ValueCodec): object {
  const target = { fieldPath: fieldPath(transform.field) };
  if ('increment' in transform) return { ...target, increment: codec.encode(transform.increment) };
  if ('maximum' in transform) return { ...target, maximum: codec.encode(transform.maximum) };
  if ('minimum' in transform) return { ...target, minimum: codec.encode(transform.minimum) };
  if ('arrayUnion' in transform) {
    return { ...target, appendMissingElements: { values: transform.arrayUnion.map(item => codec.encode(item)) } };
  }
  if ('arrayRemove' in transform) {
    return { ...target, removeAllFromArray: { values: transform.arrayRemove.map(item => codec.encode(item)) } };
  }
  return { ...target, setToServerValue: 'REQUEST_TIME' };
}
