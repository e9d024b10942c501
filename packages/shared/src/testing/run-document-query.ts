import {
  type DocumentFields,
  type DocumentQuery,
  DocumentReference,
  type DocumentValue,
  type FieldFilter,
  type StoredDocument,
} from '../ports/document-store.ts';
import { valueAt } from './apply-document-write.ts';
import { compareValues, typeOf } from './document-value-order.ts';

/** A query over documents in memory, with Firestore's rules of matching, order and cursors. Pure. */
export function runDocumentQuery(documents: readonly StoredDocument[], query: DocumentQuery): StoredDocument[] {
  const order = fullOrder(query);
  const matching = documents
    .filter(({ path }) => path.startsWith(`${query.collection}/`) && path.split('/').length === 2)
    .filter(document => order.every(({ field }) => operandOf(document, field) !== undefined))
    .filter(document => (query.where ?? []).every(filter => matches(document, filter, query.collection)))
    .sort((left, right) =>
      compareByOrder(
        order,
        field => operandOf(left, field),
        field => operandOf(right, field),
      ),
    );
  const cursor = query.startAfter?.map((value, index) =>
    asOperand(order[index]?.field ?? NAME, value, query.collection),
  );
  const from =
    cursor === undefined
      ? matching
      : matching.filter(document => {
          const given = order.slice(0, cursor.length);
          return (
            compareByOrder(
              given,
              field => operandOf(document, field),
              (_field, index) => cursor[index],
            ) > 0
          );
        });
  const page = query.limit === undefined ? from : from.slice(0, query.limit);
  const { select } = query;
  return select === undefined ? page : page.map(document => ({ ...document, fields: pick(document.fields, select) }));
}

const NAME = '__name__';
type Order = NonNullable<DocumentQuery['orderBy']>;

const INEQUALITIES = new Set<FieldFilter['op']>(['!=', '<', '<=', '>', '>=']);

/** What Firestore adds: fields of inequalities, and the name in the last direction. */
function fullOrder(query: DocumentQuery): Order {
  const given = query.orderBy ?? [];
  const direction = given.at(-1)?.direction ?? 'asc';
  const named = new Set(given.map(({ field }) => field));
  const implied = (query.where ?? [])
    .filter(({ op, field }) => INEQUALITIES.has(op) && !named.has(field))
    .map(({ field }) => field)
    .toSorted();
  const all = [...given, ...[...new Set(implied)].map(field => ({ field, direction }))];
  return all.some(({ field }) => field === NAME) ? all : [...all, { field: NAME, direction }];
}

const operandOf = (document: StoredDocument, field: string): DocumentValue | undefined =>
  field === NAME ? new DocumentReference(document.path) : valueAt(document.fields, field);

function compareByOrder(
  order: Order,
  left: (field: string, index: number) => DocumentValue | undefined,
  right: (field: string, index: number) => DocumentValue | undefined,
): number {
  for (const [index, { field, direction }] of order.entries()) {
    const compared = compareValues(left(field, index) ?? null, right(field, index) ?? null);
    if (compared !== 0) return direction === 'asc' ? compared : -compared;
  }
  return 0;
}

/** Against `__name__`, document ids stand for references. */
function asOperand(field: string, value: DocumentValue, collection: string): DocumentValue {
  if (field !== NAME) return value;
  if (typeof value === 'string') return new DocumentReference(`${collection}/${value}`);
  return Array.isArray(value) ? value.map((id: DocumentValue) => asOperand(field, id, collection)) : value;
}

function matches(document: StoredDocument, filter: FieldFilter, collection: string): boolean {
  const value = operandOf(document, filter.field);
  if (value === undefined) return false;
  const wanted = asOperand(filter.field, filter.value, collection);
  const equal = (other: DocumentValue): boolean => compareValues(value, other) === 0;
  // Null is in no range, not even in one that ends with it.
  const inRange = (accepts: (order: number) => boolean): boolean =>
    value !== null &&
    typeOf(value) === typeOf(wanted) &&
    !isNaNValue(value) &&
    !isNaNValue(wanted) &&
    accepts(compareValues(value, wanted));
  switch (filter.op) {
    case '==':
      return equal(wanted);
    case '!=':
      return value !== null && !equal(wanted);
    case '<':
      return inRange(order => order < 0);
    case '<=':
      return inRange(order => order <= 0);
    case '>':
      return inRange(order => order > 0);
    case '>=':
      return inRange(order => order >= 0);
    case 'in':
      // A list never matches null or NaN, not even by naming them.
      return Array.isArray(wanted) && value !== null && !Number.isNaN(value) && wanted.some(equal);
    case 'array-contains':
      return Array.isArray(value) && value.some((item: DocumentValue) => compareValues(item, wanted) === 0);
    default:
      return filter.op satisfies never;
  }
}

const isNaNValue = (value: DocumentValue): boolean => Number.isNaN(value);

const pick = (fields: DocumentFields, names: readonly string[]): DocumentFields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
