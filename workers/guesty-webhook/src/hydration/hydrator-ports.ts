import type { DirtyEntry } from '@innkeeper/shared/hydration/dirty-set';
import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import type { Lane } from '@innkeeper/shared/ports/hydration-gate';
import type { ChangeOrigin } from '../build-change.ts';
import type { GuestyReads } from './guesty-reads.ts';

/** What hydration of Guesty's things works with. */
export interface GuestyHydratorPorts {
  readonly reads: GuestyReads;
  readonly store: Pick<DocumentStore, 'getAll' | 'query'>;
  readonly now: () => number;
  readonly log: Log;
}

export const readOrigin = ({ cause }: DirtyEntry, beganAtMs: number): ChangeOrigin => ({
  cause,
  via: 'hydration',
  observedAtMs: beganAtMs,
});

/** One that people wait for takes the whole batch along. */
export const laneOf = (entries: readonly DirtyEntry[]): Lane =>
  entries.some(entry => entry.lane === 'live') ? 'live' : 'backfill';
