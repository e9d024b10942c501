import type { MongodbEffect } from '@innkeeper/shared/contracts/backup/erasure-order';
import type { Collection, Filter, MongoClient } from 'mongodb';
import type { MongodbTarget } from '../databases/mongodb-target.ts';
import type { RestoreResult } from '../failure.ts';
import type { ErasureReport } from './erasure-report.ts';
import { isRemoval } from './fold-effects.ts';
import type { PlacedMongodbEffect } from './select-erasures.ts';

/** Applies each effect and then asks whether any place still holds what it must not. */
export function eraseInMongodb(
  target: MongodbTarget,
  effects: readonly PlacedMongodbEffect[],
): RestoreResult<ErasureReport> {
  return target.use(async client => {
    let applied = 0;
    for (const effect of effects) applied += await erase(collectionOf(client, effect), effect);
    let remaining = 0;
    for (const effect of effects) if (await holdsErased(collectionOf(client, effect), effect)) remaining += 1;
    return { places: effects.length, applied, alreadyDone: effects.length - applied, remaining };
  });
}

interface Identified {
  _id: string;
  [field: string]: unknown;
}
const collectionOf = (client: MongoClient, { namespace }: PlacedMongodbEffect): Collection<Identified> =>
  client.db(namespace.database).collection<Identified>(namespace.collection);

async function erase(collection: Collection<Identified>, effect: MongodbEffect): Promise<number> {
  if (isRemoval(effect)) return (await collection.deleteOne({ _id: effect.id })).deletedCount;
  const { modifiedCount } = await collection.updateOne(
    { _id: effect.id },
    {
      ...(effect.set === undefined ? {} : { $set: effect.set }),
      ...(effect.unset === undefined ? {} : { $unset: Object.fromEntries(effect.unset.map(field => [field, true])) }),
    },
  );
  return modifiedCount;
}

async function holdsErased(collection: Collection<Identified>, effect: MongodbEffect): Promise<boolean> {
  const wrong: Filter<Identified>[] = [
    ...Object.entries(effect.set ?? {}).map(([field, value]) => ({ [field]: { $ne: value } })),
    ...(effect.unset ?? []).map(field => ({ [field]: { $exists: true } })),
  ];
  const filter: Filter<Identified> = isRemoval(effect) ? { _id: effect.id } : { _id: effect.id, $or: wrong };
  return (await collection.findOne(filter, { projection: { _id: 1 } })) !== null;
}
