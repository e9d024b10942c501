import * as sdk from '@google-cloud/firestore';
import type { DocumentQuery, DocumentValue } from '../../ports/document-store.ts';
import { toSdkValue } from './firestore-sdk-values.ts';

const DOCUMENT_NAME = '__name__';

/** A `DocumentQuery` as the SDK builds it. */
export function toSdkQuery(query: DocumentQuery, firestore: sdk.Firestore): sdk.Query {
  const operand = (value: DocumentValue): unknown => toSdkValue(value, firestore);
  let built: sdk.Query = firestore.collection(query.collection);
  for (const { field, op, value } of query.where ?? []) built = built.where(toSdkPath(field), op, operand(value));
  for (const { field, direction } of query.orderBy ?? []) built = built.orderBy(toSdkPath(field), direction);
  if (query.startAfter !== undefined) {
    // Without an order of its own, the query is by document id.
    if ((query.orderBy ?? []).length === 0) built = built.orderBy(sdk.FieldPath.documentId());
    built = built.startAfter(...query.startAfter.map(operand));
  }
  if (query.limit !== undefined) built = built.limit(query.limit);
  if (query.select !== undefined) built = built.select(...query.select.map(name => new sdk.FieldPath(name)));
  return built;
}

const toSdkPath = (field: string): sdk.FieldPath =>
  field === DOCUMENT_NAME ? sdk.FieldPath.documentId() : new sdk.FieldPath(...field.split('.'));
