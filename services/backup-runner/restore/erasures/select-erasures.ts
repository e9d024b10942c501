import type {
  ErasureOrder,
  FileEffect,
  FirestoreEffect,
  MongodbEffect,
} from '@innkeeper/shared/contracts/backup/erasure-order';
import { type Namespace, nameOf } from '../../src/proof-of-restore/mongodb/read-archive.ts';
import { isWithin } from '../steps/restore-filer-paths.ts';
import { foldEffects } from './fold-effects.ts';

/** What of the pending orders concerns a restore, by store. */
export interface SelectedErasures {
  /** Orders newer than the snapshot. */
  readonly orders: number;
  readonly mongodb: readonly PlacedMongodbEffect[];
  readonly files: readonly FileEffect[];
  readonly firestore: readonly FirestoreEffect[];
}
export type PlacedMongodbEffect = MongodbEffect & { readonly namespace: Namespace };

/** What is being restored, as far as erasures can lie in it. */
export interface RestoredPlaces {
  /** Rocket.Chat's collections and where they go; `undefined` for one that is not restored. */
  readonly collection: (name: string) => Namespace | undefined;
  readonly filerPaths: readonly string[];
  readonly firestore: boolean;
}

/**
 * An order takes effect on the clock of a function, a snapshot carries that of a throw-away server. Applying one too
 * many changes nothing.
 */
const CLOCKS_DIFFER_MS = 15 * 60_000;

/** Orders that the state of `takenAt` may not know yet, one effect for each place. Pure. */
export function selectErasures(
  pending: readonly ErasureOrder[],
  takenAt: Date,
  places: RestoredPlaces,
): SelectedErasures {
  const newer = pending
    .filter(({ erasedAt }) => Date.parse(erasedAt) > takenAt.getTime() - CLOCKS_DIFFER_MS)
    .toSorted((one, other) => Date.parse(one.erasedAt) - Date.parse(other.erasedAt));
  const effects = newer.flatMap(order => order.effects);
  const mongodb = effects.flatMap((effect): PlacedMongodbEffect[] => {
    if (effect.store !== 'mongodb') return [];
    const namespace = places.collection(effect.collection);
    return namespace === undefined ? [] : [{ ...effect, namespace }];
  });
  const files = effects.flatMap(effect =>
    effect.store === 'files' && touches(effect.path, places.filerPaths) ? [effect] : [],
  );
  const firestore = effects.flatMap(effect => (effect.store === 'firestore' && places.firestore ? [effect] : []));
  return {
    orders: newer.length,
    mongodb: foldEffects(mongodb, ({ namespace, id }) => JSON.stringify([nameOf(namespace), id])),
    files: [...new Map(files.map(effect => [effect.path, effect])).values()],
    firestore: foldEffects(firestore, ({ path }) => path),
  };
}

/** Erased is a file or a folder, restored are files or folders: either may lie within the other. */
const touches = (erased: string, restored: readonly string[]): boolean =>
  restored.some(path => isWithin(erased, path) || isWithin(path, erased));

/** Every collection of Rocket.Chat's database under its own name. */
export const allCollectionsOf =
  (database: string): RestoredPlaces['collection'] =>
  collection => ({ database, collection });

export const onlyCollection =
  (database: string, from: Namespace, as: Namespace): RestoredPlaces['collection'] =>
  collection =>
    nameOf({ database, collection }) === nameOf(from) ? as : undefined;
