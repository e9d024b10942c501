/** How a place must look: gone (neither `set` nor `unset`), or with and without certain fields. */
interface Effect {
  readonly set?: Readonly<Record<string, unknown>> | undefined;
  readonly unset?: readonly string[] | undefined;
}

export const isRemoval = ({ set, unset }: Effect): boolean => set === undefined && unset === undefined;

/**
 * One effect for each place, from several in the order of their erasure: the newer one decides about a field, and what
 * is gone stays gone. So each place is written once and can be checked afterwards. Pure.
 */
export function foldEffects<E extends Effect>(effects: readonly E[], placeOf: (effect: E) => string): readonly E[] {
  const places = new Map<string, E>();
  for (const effect of effects) {
    const place = placeOf(effect);
    const older = places.get(place);
    places.set(
      place,
      older === undefined || isRemoval(effect) ? effect : isRemoval(older) ? older : merge(older, effect),
    );
  }
  return [...places.values()];
}

function merge<E extends Effect>(older: E, newer: E): E {
  const fields = changesOf(older);
  for (const [path, change] of changesOf(newer)) {
    // A field above it was erased before: all of it stays as it is.
    if ([...fields.keys()].some(erased => path.startsWith(`${erased}.`))) continue;
    for (const erased of fields.keys()) if (erased.startsWith(`${path}.`)) fields.delete(erased);
    fields.set(path, change);
  }
  const { set: _set, unset: _unset, ...place } = newer;
  const set = [...fields].flatMap(([path, change]) => ('value' in change ? [[path, change.value] as const] : []));
  const unset = [...fields].flatMap(([path, change]) => ('value' in change ? [] : [path]));
  return {
    ...(place as E),
    ...(set.length === 0 ? {} : { set: Object.fromEntries(set) }),
    ...(unset.length === 0 ? {} : { unset }),
  };
}

type Change = { readonly value: unknown } | { readonly gone: true };

const changesOf = ({ set, unset }: Effect): Map<string, Change> =>
  new Map([
    ...Object.entries(set ?? {}).map(([path, value]): [string, Change] => [path, { value }]),
    ...(unset ?? []).map((path): [string, Change] => [path, { gone: true }]),
  ]);
