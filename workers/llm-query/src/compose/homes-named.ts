import type { Home, Homes } from '../evaluate/homes.ts';
import { plainName } from './plain-text.ts';

/** Homes as their names, or as the town they are all of. Pure. */
export function homesNamed(named: readonly Home[], homes: Homes): string[] {
  const town = townOf(named, homes);
  return town === undefined ? named.map(home => plainName(home.name)) : [plainName(town)];
}

/**
 * The town, where the homes named are all that are let in it: then it is the town that was asked for. Undefined for one
 * home, and for some of a town's.
 */
export function townOf(named: readonly Home[], homes: Homes): string | undefined {
  const town = named[0]?.listing?.city;
  if (town === undefined || named.length < 2) return undefined;
  const isThere = ({ listing }: Home): boolean => listing?.city === town;
  const ids = new Set(named.map(({ id }) => id));
  const isWhole = homes.all.every(home => !home.active || !isThere(home) || ids.has(home.id));
  return isWhole && named.every(isThere) ? town : undefined;
}
