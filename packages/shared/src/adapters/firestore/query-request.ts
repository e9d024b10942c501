import type { DocumentQuery, DocumentValue, FieldFilter } from '../../ports/document-store.ts';
import { DocumentReference } from '../../ports/document-store.ts';
import { fieldName, fieldPath } from './field-path.ts';
import type { ValueCodec, WireValue } from './value-codec.ts';

/** A `DocumentQuery` as the REST API's `structuredQuery`. Pure. */
export const DOCUMENT_NAME = '__name__';

export function encodeQuery(query: DocumentQuery, codec: ValueCodec): object {
  const filters = (query.where ?? []).map(filter => encodeFilter(filter, query.collection, codec));
  const orderBy = query.orderBy ?? [];
  return {
    from: [{ collectionId: query.collection }],
    ...(filters.length === 0 ? {} : { where: { compositeFilter: { op: 'AND', filters } } }),
    ...(orderBy.length === 0
      ? {}
      : {
          orderBy: orderBy.map(({ field, direction }) => ({
            field: encodeField(field),
            direction: direction === 'asc' ? 'ASCENDING' : 'DESCENDING',
          })),
        }),
    ...(query.startAfter === undefined
      ? {}
      : {
          startAt: {
            before: false, // the cursor stands behind the document with these values
            values: query.startAfter.map((value, index) =>
              encodeOperand(orderBy[index]?.field ?? DOCUMENT_NAME, value, query.collection, codec),
            ),
          },
        }),
    ...(query.limit === undefined ? {} : { limit: query.limit }),
    ...(query.select === undefined ? {} : { select: { fields: selected(query.select) } }),
  };
}

const encodeField = (field: string): object => ({ fieldPath: field === DOCUMENT_NAME ? field : fieldPath(field) });

/** Nothing selected means the name alone; an empty list would mean everything. */
const selected = (names: readonly string[]): object[] =>
  names.length === 0 ? [{ fieldPath: DOCUMENT_NAME }] : names.map(name => ({ fieldPath: fieldName(name) }));

const OPERATORS = {
  '==': 'EQUAL',
  '!=': 'NOT_EQUAL',
  '<': 'LESS_THAN',
  '<=': 'LESS_THAN_OR_EQUAL',
  '>': 'GREATER_THAN',
  '>=': 'GREATER_THAN_OR_EQUAL',
  in: 'IN',
  'array-contains': 'ARRAY_CONTAINS',
} as const satisfies Record<FieldFilter['op'], string>;

function encodeFilter(filter: FieldFilter, collection: string, codec: ValueCodec): object {
  const field = encodeField(filter.field);
  const unary = unaryOperator(filter);
  if (unary !== undefined) return { unaryFilter: { field, op: unary } };
  const value = encodeOperand(filter.field, filter.value, collection, codec);
  return { fieldFilter: { field, op: OPERATORS[filter.op], value } };
}

/** Null and NaN equal nothing by value; Firestore asks for them by operators of their own. */
function unaryOperator({ op, value }: FieldFilter): string | undefined {
  const which = value === null ? 'NULL' : Number.isNaN(value) ? 'NAN' : undefined;
  if (which === undefined || (op !== '==' && op !== '!=')) return undefined;
  return op === '==' ? `IS_${which}` : `IS_NOT_${which}`;
}

/** Against `__name__`, document ids stand for references. */
function encodeOperand(field: string, value: DocumentValue, collection: string, codec: ValueCodec): WireValue {
  if (field !== DOCUMENT_NAME) return codec.encode(value);
  if (typeof value === 'string') return codec.encode(new DocumentReference(`${collection}/${value}`));
  if (Array.isArray(value)) {
    return { arrayValue: { values: value.map((id: DocumentValue) => encodeOperand(field, id, collection, codec)) } };
  }
  return codec.encode(value);
}
