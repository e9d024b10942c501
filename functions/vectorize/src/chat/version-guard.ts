/** What decides between two states of one thing. */
export interface Guarded {
  readonly version: number;
  /** It is gone: a tombstone. */
  readonly deleted: boolean;
}

/** The higher version wins. Of two equal ones a removal does; otherwise the one that came later. Pure. */
export function supersedes(incoming: Guarded, stored: Guarded | undefined): boolean {
  if (stored === undefined || incoming.version > stored.version) return true;
  if (incoming.version < stored.version) return false;
  return incoming.deleted || !stored.deleted;
}
