import { ok } from '@innkeeper/shared/result/result';
import { askOnce } from '../asking/ask-once.ts';
import { VENDORS } from '../asking/vendors.ts';
import { functionLog } from '../asking/where-to-look.ts';
import type { Expected } from '../expected/expected.ts';
import type { VectorCollection, VectorCollections } from '../ports/vector-collections.ts';
import { unwell, type Verdict, well } from '../report/finding.ts';
import { both, onceDeployed } from '../run/availability.ts';
import { type Check, check } from '../run/check.ts';
import type { World } from '../world.ts';

/** Qdrant, and whether it holds what Firestore says that it holds. Judgements are pure. */

/** `QDRANT_ALIAS` of functions/vectorize, where nothing else is configured. */
export const ALIAS = 'innkeeper';
/** What is written while both are counted, and chats that come in bursts. */
export const DRIFT_POINTS_MAX = 200;
/** Of large collections the same burst is a small part. */
export const DRIFT_SHARE_MAX = 0.01;

const LOOK = `See what could not be indexed: ${functionLog('records')}; then ./dev replay --parked.`;
const REINDEX =
  'The model was changed without its re-index: deploy the functions with the old model, or index everything anew.';

export function qdrantChecks({ qdrant, totals }: World, { deployed }: Expected, dimensions: number): Check[] {
  const collections = onceDeployed(deployed.functions, 'functions', qdrant);
  const describe = askOnce(describeAlias);
  return [
    check({
      id: 'qdrant/collection',
      title: 'collection behind the alias',
      of: collections,
      asked: VENDORS.qdrant,
      read: describe,
      judge: found => judgeCollection(found, dimensions),
    }),
    check({
      id: 'qdrant/points',
      title: 'points, by Firestore’s account',
      of: both(collections, totals),
      asked: VENDORS.qdrant,
      read: async ([port, firestore]) => {
        const [points, noted] = await Promise.all([port.countPoints(ALIAS), firestore.sum('indexState', 'chunks')]);
        if (!points.ok) return points;
        return noted.ok ? ok({ points: points.value, noted: noted.value }) : noted;
      },
      judge: judgePoints,
    }),
  ];
}

interface Described {
  readonly name: string;
  readonly collection: VectorCollection;
}

async function describeAlias(port: VectorCollections) {
  const target = await port.aliasTarget(ALIAS);
  if (!target.ok || target.value === undefined) return target.ok ? ok(undefined) : target;
  const { value: name } = target;
  const collection = await port.describe(name);
  return collection.ok ? ok({ name, collection: collection.value }) : collection;
}

export function judgeCollection(found: Described | undefined, dimensions: number): Verdict {
  if (found === undefined)
    return unwell(
      'now',
      `no alias ${ALIAS}`,
      'functions/vectorize makes it when it starts: deploy it, and read its log.',
    );
  const { name, collection } = found;
  if (collection.dimensions !== dimensions)
    return unwell(
      'now',
      `${name} has vectors of ${collection.dimensions ?? 'no'} numbers, the model gives ${dimensions}`,
      REINDEX,
    );
  if (collection.status === 'red')
    return unwell('now', `${name} is red`, 'See the cluster’s log in cloud.qdrant.io: a node has failed.');
  // Yellow and grey: it optimises, or waits to.
  return well(`${name}, ${collection.status}, ${dimensions} dimensions`);
}

export function judgePoints({ points, noted }: { readonly points: number; readonly noted: number }): Verdict {
  const figure = `${points.toLocaleString('en-GB')} points, ${noted.toLocaleString('en-GB')} noted`;
  const drift = Math.abs(points - noted);
  return drift <= Math.max(DRIFT_POINTS_MAX, noted * DRIFT_SHARE_MAX) ? well(figure) : unwell('today', figure, LOOK);
}
