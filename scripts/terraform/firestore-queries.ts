/** What code asks Firestore, and which indexes that needs. Pure. */
export interface FirestoreQuery {
  readonly collection: string;
  /** Dotted paths with their operator, as in `kind ==`. */
  readonly filters: readonly string[];
  /** Dotted paths with their direction, as in `receivedAt asc`; by document id is left out. */
  readonly order: readonly string[];
}

/** Queries as they are written in one file; `open` ones are put together from parameters. */
export interface QueriesInFile {
  readonly queries: readonly FirestoreQuery[];
  readonly open: number;
}

const START = /(?:\.query\(|: DocumentQuery = )(?=\{)/gu;
const CONTINUES = /^\{\s*\.\.\./u;
const COLLECTION = /\bcollection: (?:'(?<name>\w+)'|(?<constant>[A-Z_]+))/u;
const FILTER = /\{ field: '(?<field>[\w.]+)', op: '(?<op>[^']+)'/gu;
const ORDER = /\{ field: '(?<field>[\w.]+)', direction: '(?<direction>\w+)' \}/gu;
/** `where` by its name alone or from a call, and a field or direction by its name alone. */
const FROM_ELSEWHERE = /\bwhere(?:(?!:)|: \w+\()|\{ field,|\bdirection(?!:)/u;

/** `constants`: collections by the name of their constant. */
export function queriesIn(source: string, constants: ReadonlyMap<string, string>): QueriesInFile {
  const texts = [...source.matchAll(START)]
    .map(match => objectAt(source, match.index + match[0].length))
    .filter(text => !CONTINUES.test(text));
  const queries = texts.map(text => (FROM_ELSEWHERE.test(text) ? undefined : queryOf(text, constants)));
  const known = queries.filter(query => query !== undefined);
  return { queries: known, open: queries.length - known.length };
}

/** From its brace to the one that closes it; braces do not occur in texts of queries. */
function objectAt(source: string, start: number): string {
  let depth = 0;
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === '{') depth += 1;
    if (source[at] === '}') depth -= 1;
    if (depth === 0) return source.slice(start, at + 1);
  }
  throw new Error(`a query at ${start} has no end`);
}

function queryOf(text: string, constants: ReadonlyMap<string, string>): FirestoreQuery | undefined {
  const { name, constant = '' } = COLLECTION.exec(text)?.groups ?? {};
  const collection = name ?? constants.get(constant);
  if (collection === undefined) return undefined;
  const order = [...text.matchAll(ORDER)].map(({ groups }) => `${groups?.['field']} ${groups?.['direction']}`);
  return {
    collection,
    filters: [...text.matchAll(FILTER)].map(({ groups }) => `${groups?.['field']} ${groups?.['op']}`),
    order: order.filter(part => !part.startsWith('__name__ ')),
  };
}

const EQUALITY = /^(?:==|in)$/u;

/**
 * The composite index a query needs, as `records: kind asc, receivedAt asc`; undefined where indexes of single fields
 * serve it, which Firestore merges for equalities.
 */
export function compositeIndexOf({ collection, filters, order }: FirestoreQuery): string | undefined {
  const parts = filters.map(filter => filter.split(' ')).map(([field = '', op = '']) => ({ field, op }));
  const equal = parts.filter(({ op }) => EQUALITY.test(op)).map(({ field }) => `${field} asc`);
  const contained = parts.filter(({ op }) => op === 'array-contains').map(({ field }) => `${field} contains`);
  const ranges = parts.filter(({ op }) => !EQUALITY.test(op) && op !== 'array-contains').map(({ field }) => field);
  const sorted = order.length > 0 ? order : [...new Set(ranges)].map(field => `${field} asc`);
  const unsorted = ranges.filter(field => !sorted.some(part => part.startsWith(`${field} `)));
  const all = [...equal, ...contained, ...sorted, ...unsorted.map(field => `${field} asc`)];
  const isServedBySingleFields = all.length <= 1 || (contained.length === 0 && sorted.length === 0);
  return isServedBySingleFields ? undefined : `${collection}: ${all.join(', ')}`;
}

/** Fields whose own index the query leans on. */
export const fieldsOf = ({ filters, order }: FirestoreQuery): readonly string[] =>
  [...filters, ...order].map(part => part.split(' ')[0] ?? '').filter(field => field !== '__name__');
