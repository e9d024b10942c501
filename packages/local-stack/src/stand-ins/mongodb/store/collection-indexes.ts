import { asNumber, type BsonDocument, type BsonValue } from '../bson/bson-document.ts';
import type { Collection } from './catalog.ts';

/** The indexes of a collection, which are remembered among its options. Pure. */
const OPTION = 'indexes';

const ID_INDEX: readonly (readonly [string, BsonValue])[] = [
  ['v', 2],
  ['key', new Map([['_id', 1]])],
  ['name', '_id_'],
];

/** As `listIndexes` tells them, that of `_id` first. */
export function indexesOf({ options }: Collection): BsonDocument[] {
  const stored = options.get(OPTION);
  const others = Array.isArray(stored) ? stored.filter(index => index instanceof Map) : [];
  return [new Map(ID_INDEX), ...others];
}

/** The collection's options with these indexes beside that of `_id`. */
export const withIndexes = ({ options }: Collection, others: readonly BsonDocument[]): BsonDocument =>
  new Map(options).set(OPTION, [...others]);

/** Field and age of an index that makes documents expire; `undefined` for any other. */
export function expiryOf(index: BsonDocument): { readonly field: string; readonly seconds: number } | undefined {
  const seconds = asNumber(index.get('expireAfterSeconds'));
  const key = index.get('key');
  const [field] = key instanceof Map ? key.keys() : [];
  return seconds === undefined || field === undefined ? undefined : { field, seconds };
}
