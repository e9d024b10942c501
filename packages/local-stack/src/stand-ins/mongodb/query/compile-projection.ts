import { asNumber, type BsonDocument, type BsonValue } from '../bson/bson-document.ts';
import { CommandError } from '../wire/command-error.ts';

export type Projection = (document: BsonDocument) => BsonDocument;

/** The paths named by a projection, as a tree: a leaf is a whole value. */
type Paths = Map<string, Paths>;

/**
 * Inclusion or exclusion of fields, with dotted paths through arrays of documents. Fields stay in the document's order.
 * @throws CommandError for a mixture, and for expressions, which are not supported.
 */
export function compileProjection(spec: BsonDocument | undefined): Projection | undefined {
  if (spec === undefined || spec.size === 0) return undefined;
  const flat = flatten(spec, '');
  const [id] = flat.filter(([path]) => path === '_id');
  const others = flat.filter(([path]) => path !== '_id');
  const modes = new Set(others.map(([, included]) => included));
  if (modes.size > 1) throw new CommandError(31_254, 'Cannot do exclusion and inclusion in one projection');
  const includes = others[0]?.[1] ?? id?.[1] ?? true;
  const paths: Paths = new Map();
  for (const [path] of others) addPath(paths, path.split('.'));
  if (includes && id?.[1] !== false) paths.set('_id', new Map());
  if (!includes && id?.[1] === false) paths.set('_id', new Map());
  return document => (includes ? pick(document, paths) : omit(document, paths));
}

function flatten(spec: BsonDocument, prefix: string): [path: string, included: boolean][] {
  return Array.from(spec).flatMap(([key, value]): [string, boolean][] => {
    const path = prefix + key;
    if (value instanceof Map && !(value.keys().next().value ?? '$').startsWith('$')) return flatten(value, `${path}.`);
    const included = typeof value === 'boolean' ? value : asNumber(value);
    if (included === undefined) throw new CommandError(2, `the stand-in has no expressions in projections: ${path}`);
    return [[path, included === true || (included !== false && included !== 0)]];
  });
}

function addPath(paths: Paths, [step = '', ...rest]: readonly string[]): void {
  const below: Paths = paths.get(step) ?? new Map<string, Paths>();
  paths.set(step, below);
  if (rest.length > 0) addPath(below, rest);
}

function pick(document: BsonDocument, paths: Paths): BsonDocument {
  const result: BsonDocument = new Map();
  for (const [key, value] of document) {
    const below = paths.get(key);
    if (below === undefined) continue;
    if (below.size === 0) result.set(key, value);
    else if (value instanceof Map) result.set(key, pick(value, below));
    else if (Array.isArray(value)) result.set(key, pickItems(value, below));
  }
  return result;
}

function pickItems(items: readonly BsonValue[], paths: Paths): BsonValue[] {
  return items.flatMap((item): BsonValue[] => {
    if (item instanceof Map) return [pick(item, paths)];
    return Array.isArray(item) ? [pickItems(item, paths)] : [];
  });
}

function omit(document: BsonDocument, paths: Paths): BsonDocument {
  const result: BsonDocument = new Map();
  for (const [key, value] of document) {
    const below = paths.get(key);
    if (below === undefined) result.set(key, value);
    else if (below.size > 0) result.set(key, omitWithin(value, below));
  }
  return result;
}

function omitWithin(value: BsonValue, paths: Paths): BsonValue {
  if (value instanceof Map) return omit(value, paths);
  return Array.isArray(value) ? value.map(item => omitWithin(item, paths)) : value;
}
