import type { RetainableSnapshot } from '@innkeeper/shared/domain/retention';
import { readSnapshotTime } from '@innkeeper/shared/domain/snapshot-time';

/**
 * The orders in which restic may see a history: snapshots of the same instant come as they happen to be loaded. It only
 * matters where they are written in different zones, because then their days differ. Pure.
 */
export function* tieOrders<S extends RetainableSnapshot>(snapshots: readonly S[]): Generator<readonly Ranked<S>[]> {
  const instants = Map.groupBy(snapshots, ({ time }) => {
    const { epochMs, nanoseconds } = readSnapshotTime(time);
    return `${epochMs} ${nanoseconds}`;
  });
  yield* combine([...instants.values()]);
}

/** `id` begins with the place in the order; `decideRetention` goes by it. */
type Ranked<S extends RetainableSnapshot> = S & { readonly original: S };

function* combine<S extends RetainableSnapshot>(instants: readonly (readonly S[])[]): Generator<readonly Ranked<S>[]> {
  const [first, ...others] = instants;
  if (first === undefined) {
    yield [];
    return;
  }
  const zonesDiffer = new Set(first.map(({ time }) => time)).size > 1;
  for (const rest of combine(others)) {
    for (const order of zonesDiffer ? permutations(first) : [first]) {
      yield [
        ...order.map((snapshot, rank) => ({
          ...snapshot,
          id: `${String(rank).padStart(3, '0')} ${snapshot.id}`,
          original: snapshot,
        })),
        ...rest,
      ];
    }
  }
}

function* permutations<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length < 2) yield items;
  else {
    for (const [place, item] of items.entries()) {
      for (const rest of permutations(items.toSpliced(place, 1))) yield [item, ...rest];
    }
  }
}
