import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { POSITION_PATH, readPosition } from '../src/position/position-document.ts';
import type { ListenerPosition } from '../src/position/position-store.ts';

/** Watches the listener's position as anybody could: by the document that it keeps. */
export interface PositionLog {
  /** The store, through which the listeners write. */
  readonly store: DocumentStore;
  readonly latest: ListenerPosition | undefined;
  /** Versions of the scans that were begun, and of those that were completed, in order. */
  readonly scansBegun: ReadonlySet<number>;
  readonly snapshotsDone: readonly number[];
  readonly healingsDone: readonly Healing[];
  /** Resolves once everything up to `version` is handed on and no scan is under way. */
  reached(version: number): Promise<void>;
}

export interface Healing {
  readonly reason: string;
  readonly version: number;
}

export function positionLog(inner: DocumentStore): PositionLog {
  const scansBegun = new Set<number>();
  const snapshotsDone: number[] = [];
  const healingsDone: Healing[] = [];
  const waiting = new Set<{ readonly version: number; readonly resolve: () => void }>();
  let latest: ListenerPosition | undefined;

  const isThere = (version: number): boolean =>
    latest?.snapshot === undefined && latest?.healing === undefined && (latest?.version ?? -1) >= version;

  function note(position: ListenerPosition | undefined): void {
    const before = latest;
    latest = position;
    for (const scan of [position?.snapshot, position?.healing?.scan])
      if (scan !== undefined) scansBegun.add(scan.version);
    if (before?.snapshot !== undefined && position?.snapshot === undefined) snapshotsDone.push(before.snapshot.version);
    if (before?.healing !== undefined && position?.healing === undefined) {
      healingsDone.push({ reason: before.healing.reason, version: before.healing.scan.version });
    }
    for (const entry of waiting) {
      if (!isThere(entry.version)) continue;
      waiting.delete(entry);
      entry.resolve();
    }
  }

  return {
    store: {
      ...inner,
      commit: async writes => {
        const done = await inner.commit(writes);
        if (writes.some(({ path }) => path === POSITION_PATH)) {
          const read = await readPosition(inner);
          if (!read.ok) throw new Error(`the position cannot be read: ${read.error.kind}`);
          note(read.value?.position);
        }
        return done;
      },
    },
    get latest() {
      return latest;
    },
    scansBegun,
    snapshotsDone,
    healingsDone,
    reached: version =>
      new Promise(resolve => {
        if (isThere(version)) resolve();
        else waiting.add({ version, resolve });
      }),
  };
}
