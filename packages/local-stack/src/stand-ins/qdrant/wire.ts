import type { Schemas } from '@qdrant/js-client-rest';

/**
 * Request shapes the stand-in looks into. The official client's types widen every optional reference with
 * `Record<string, unknown>`, which says nothing; these say what `specs/qdrant-1.19.json` has already checked.
 */
type Maybe<T> = T | null | undefined;

export interface Filter {
  readonly must?: Maybe<Condition | readonly Condition[]>;
  readonly must_not?: Maybe<Condition | readonly Condition[]>;
  readonly should?: Maybe<Condition | readonly Condition[]>;
  readonly min_should?: Maybe<{ readonly conditions: readonly Condition[]; readonly min_count: number }>;
}

export type Condition =
  | FieldCondition
  | { readonly is_empty: { readonly key: string } }
  | { readonly is_null: { readonly key: string } }
  | { readonly has_id: readonly (number | string)[] }
  | { readonly has_vector: string }
  | { readonly slice: unknown }
  | { readonly nested: { readonly key: string; readonly filter: Filter } }
  | Filter;

export interface FieldCondition {
  readonly key: string;
  readonly match?: Maybe<Match>;
  readonly range?: Maybe<Range>;
  readonly values_count?: Maybe<Range>;
  readonly is_empty?: Maybe<boolean>;
  readonly is_null?: Maybe<boolean>;
  readonly geo_bounding_box?: unknown;
  readonly geo_radius?: unknown;
  readonly geo_polygon?: unknown;
}

export type Match =
  | { readonly value: string | number | boolean }
  | { readonly any: readonly (string | number)[] }
  | { readonly except: readonly (string | number)[] }
  | { readonly text: string }
  | { readonly text_any: string }
  | { readonly phrase: string }
  | { readonly prefix: string };

export type Bound = Maybe<number | string>;
export interface Range {
  readonly gt?: Bound;
  readonly gte?: Bound;
  readonly lt?: Bound;
  readonly lte?: Bound;
}

export type WithPayload =
  | boolean
  | readonly string[]
  | { readonly include: readonly string[] }
  | { readonly exclude: readonly string[] };
export type WithVector = boolean | readonly string[];

export type OrderBy =
  | string
  | { readonly key: string; readonly direction?: Maybe<'asc' | 'desc'>; readonly start_from?: Bound };

type Document = Schemas['Document'];
export type VectorInput =
  | number
  | string
  | readonly number[]
  | readonly (readonly number[])[]
  | Schemas['SparseVector']
  | Document
  | { readonly model: string };

/** What a query and each prefetch below it have in common. */
export interface QueryLevel {
  readonly prefetch?: Maybe<Prefetch | readonly Prefetch[]>;
  readonly query?: Maybe<VectorInput | Query>;
  readonly using?: Maybe<string>;
  readonly filter?: Maybe<Filter>;
  readonly score_threshold?: Maybe<number>;
}

export interface Prefetch extends QueryLevel {
  readonly limit?: Maybe<number>;
}

export type Query =
  | { readonly nearest: VectorInput; readonly mmr?: unknown }
  | { readonly fusion: 'rrf' | 'dbsf' }
  | { readonly rrf: { readonly k?: Maybe<number>; readonly weights?: Maybe<readonly number[]> } }
  | FormulaQuery
  | { readonly order_by: OrderBy };

export interface FormulaQuery {
  readonly formula: Expression;
  readonly defaults?: Maybe<Readonly<Record<string, unknown>>>;
}

export interface Decay {
  readonly x: Expression;
  readonly target?: Maybe<Expression>;
  readonly scale?: Maybe<number>;
  readonly midpoint?: Maybe<number>;
}

export interface Division {
  readonly left: Expression;
  readonly right: Expression;
  readonly by_zero_default?: Maybe<number>;
}

export type Expression =
  | number
  | string
  | { readonly sum: readonly Expression[] }
  | { readonly mult: readonly Expression[] }
  | { readonly neg: Expression }
  | { readonly abs: Expression }
  | { readonly sqrt: Expression }
  | { readonly exp: Expression }
  | { readonly ln: Expression }
  | { readonly log10: Expression }
  | { readonly pow: { readonly base: Expression; readonly exponent: Expression } }
  | { readonly div: Division }
  | { readonly lin_decay: Decay }
  | { readonly exp_decay: Decay }
  | { readonly gauss_decay: Decay }
  | { readonly datetime: string }
  | { readonly datetime_key: string }
  | { readonly geo_distance: unknown }
  | Condition;

export interface QueryRequest extends Prefetch {
  readonly offset?: Maybe<number>;
  readonly with_payload?: Maybe<WithPayload>;
  readonly with_vector?: Maybe<WithVector>;
}

export interface GroupsRequest extends QueryRequest {
  readonly group_by: string;
  readonly group_size?: Maybe<number>;
}

export interface ScrollRequest {
  readonly offset?: Maybe<number | string>;
  readonly limit?: Maybe<number>;
  readonly filter?: Maybe<Filter>;
  readonly with_payload?: Maybe<WithPayload>;
  readonly with_vector?: Maybe<WithVector>;
  readonly order_by?: Maybe<OrderBy>;
}

export interface PointRequest {
  readonly ids: readonly (number | string)[];
  readonly with_payload?: Maybe<WithPayload>;
  readonly with_vector?: Maybe<WithVector>;
}

export interface FacetRequest {
  readonly key: string;
  readonly limit?: Maybe<number>;
  readonly filter?: Maybe<Filter>;
}

/** Which points a write concerns. */
export interface PointSelector {
  readonly points?: Maybe<readonly (number | string)[]>;
  readonly filter?: Maybe<Filter>;
}

export interface SetPayload extends PointSelector {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly key?: Maybe<string>;
}

export interface DeletePayload extends PointSelector {
  readonly keys: readonly string[];
}

export interface DeleteVectors extends PointSelector {
  readonly vector: readonly string[];
}

export interface UpdateVectors {
  readonly points: readonly Schemas['PointVectors'][];
  readonly update_filter?: Maybe<Filter>;
}

/** Points one by one or column by column, with the guard on those that exist. */
export type Upsert = ({ readonly points: readonly Schemas['PointStruct'][] } | { readonly batch: Schemas['Batch'] }) & {
  readonly update_filter?: Maybe<Filter>;
  readonly update_mode?: Maybe<'upsert' | 'insert_only' | 'update_only'>;
};

export type FieldType = 'keyword' | 'integer' | 'float' | 'geo' | 'text' | 'bool' | 'datetime' | 'uuid';
export type FieldSchema = FieldType | TextIndexParams | { readonly type: FieldType };
export interface TextIndexParams {
  readonly type: 'text';
  readonly tokenizer?: Tokeniser;
  readonly lowercase?: Maybe<boolean>;
  readonly ascii_folding?: Maybe<boolean>;
  readonly min_token_len?: Maybe<number>;
  readonly max_token_len?: Maybe<number>;
  readonly phrase_matching?: Maybe<boolean>;
}
export type Tokeniser = 'word' | 'whitespace' | 'prefix' | 'multilingual';
