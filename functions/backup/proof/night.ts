import type { LocalDate } from '@innkeeper/shared/domain/local-time';

/** One day of the simulation, from half a day before its run is due until half a day after: what is planned for it. */
export interface Night {
  readonly day: LocalDate;
  readonly dueAtMs: number;
  /** When the scheduler calls `launch`; faults move, double or remove it. */
  readonly launchesAtMs: number[];
  /** When somebody launches by hand, without need. */
  readonly byHandAtMs: number[];
}
