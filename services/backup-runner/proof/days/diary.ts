import type { ResticSnapshot } from '../../src/restic/restic.ts';
import type { OutcomeOf } from '../../src/run/steps.ts';
import { leftAfterRetention, type PastSnapshot } from './calendar-model.ts';

/** Everything that was ever taken, and what must still be there. */
export interface Diary {
  /** Compares the repository with the calendar after a run; a sentence when they differ. */
  compare(there: readonly ResticSnapshot[], run: PastRun): string | undefined;
  readonly taken: number;
  readonly standing: number;
}

export interface PastRun {
  /** Snapshots that it made. */
  readonly taken: number;
  readonly endedAt: Date;
  /** Absent when it ended before. */
  readonly retention?: Pick<OutcomeOf<'retaining'>, 'kept' | 'removed'> | undefined;
}

export function keepDiary(): Diary {
  const past = new Map<string, PastSnapshot>();
  let standing: ReadonlySet<string> = new Set();
  return {
    get taken() {
      return past.size;
    },
    get standing() {
      return standing.size;
    },
    compare(there, { taken, endedAt, retention }) {
      const fresh = there.filter(({ id }) => !past.has(id));
      if (fresh.length !== taken) return `${fresh.length} new snapshots, though ${taken} were made`;
      for (const { id, time, paths } of fresh) past.set(id, { id, time, group: paths.join() });
      const before = new Set([...standing, ...fresh.map(({ id }) => id)]);
      standing =
        retention === undefined
          ? before
          : leftAfterRetention({ past: [...past.values()], standing: before, nowMs: endedAt.getTime() });
      const found = new Set(there.map(({ id }) => id));
      const tell = (ids: ReadonlySet<string>): string => [...ids].map(id => past.get(id)?.time).join(', ');
      const lost = standing.difference(found);
      if (lost.size > 0) return `gone, though the calendar keeps it: ${tell(lost)}`;
      const left = found.difference(standing);
      if (left.size > 0) return `still there, though nothing keeps it: ${tell(left)}`;
      if (retention === undefined) return undefined;
      const { kept, removed } = retention;
      const told = removed.length === before.size - standing.size && kept === standing.size;
      return told ? undefined : `the outcome says ${kept} kept and ${removed.length} removed`;
    },
  };
}
