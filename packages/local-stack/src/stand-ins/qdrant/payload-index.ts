import { parseDatetime } from './filter/parse-datetime.ts';
import { isObject, leavesAt, type PayloadPath, parsePath } from './filter/payload-path.ts';
import type { StoredPoint } from './point.ts';
import type { TokeniserOptions } from './tokenise.ts';
import type { FieldSchema, FieldType, TextIndexParams } from './wire.ts';

type Facetable = string | number | boolean;

/** Whether an index of the type takes the value; a value of another type is not indexed, and that is no error. */
const TAKES: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
  keyword: value => typeof value === 'string',
  uuid: value => typeof value === 'string' && /^[0-9a-f-]{32,36}$/iu.test(value),
  text: value => typeof value === 'string',
  integer: Number.isInteger,
  float: value => typeof value === 'number',
  bool: value => typeof value === 'boolean',
  datetime: value => typeof value === 'string' && parseDatetime(value) !== undefined,
  geo: value => isObject(value) && typeof value.lat === 'number' && typeof value.lon === 'number',
};

const LISTED = new Set<FieldType>(['keyword', 'uuid', 'integer', 'bool']);
const ORDERED = new Set<FieldType>(['integer', 'float', 'datetime']);

/** What an index on a payload field allows, and for listed types which points have which value. */
export class PayloadIndex {
  readonly field: string;
  readonly schema: FieldSchema;
  readonly type: FieldType;
  readonly #path: PayloadPath;
  readonly #points = new Map<Facetable, Set<StoredPoint>>();
  #count = 0;

  constructor(field: string, schema: FieldSchema) {
    this.field = field;
    this.schema = schema;
    this.type = typeof schema === 'string' ? schema : schema.type;
    this.#path = parsePath(field);
  }

  /** Whether the field can be faceted. */
  get isListed(): boolean {
    return LISTED.has(this.type);
  }

  /** Whether scrolling can be ordered by the field. */
  get isOrdered(): boolean {
    return ORDERED.has(this.type);
  }

  get pointsCount(): number {
    return this.#count;
  }

  /** How a text index cuts its words. */
  get tokeniser(): TokeniserOptions | undefined {
    if (this.type !== 'text') return undefined;
    const params = (typeof this.schema === 'object' ? this.schema : { type: 'text' }) as TextIndexParams;
    return {
      tokeniser: params.tokenizer ?? 'word',
      lowercase: params.lowercase ?? true,
      asciiFolding: params.ascii_folding ?? false,
      minTokenLength: params.min_token_len ?? 0,
      maxTokenLength: params.max_token_len ?? Number.POSITIVE_INFINITY,
    };
  }

  add(point: StoredPoint): void {
    const values = this.valuesOf(point);
    if (values.length > 0) this.#count += 1;
    if (!this.isListed) return;
    for (const value of values as Facetable[]) {
      const points = this.#points.get(value) ?? new Set();
      this.#points.set(value, points.add(point));
    }
  }

  /** A value that no point has any more stays known, as in a real segment until it is rebuilt. */
  remove(point: StoredPoint): void {
    const values = this.valuesOf(point);
    if (values.length > 0) this.#count -= 1;
    for (const value of values as Facetable[]) this.#points.get(value)?.delete(point);
  }

  /** Undefined where the index cannot know, because it holds no values of this type. */
  pointsWith(value: Facetable): ReadonlySet<StoredPoint> | undefined {
    if (!this.isListed || !TAKES[this.type](value)) return undefined;
    return this.#points.get(value) ?? NO_POINTS;
  }

  facets(): Iterable<[Facetable, ReadonlySet<StoredPoint>]> {
    return this.#points;
  }

  valuesOf({ payload }: Pick<StoredPoint, 'payload'>): unknown[] {
    return leavesAt(payload, this.#path).filter(TAKES[this.type]);
  }
}

const NO_POINTS: ReadonlySet<StoredPoint> = new Set();
