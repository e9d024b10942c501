import { type Clock, type Day, onTheWall } from '../world/calendar.ts';
import type { World } from '../world/world.ts';

/** Calls on the clock of their line. Pure. */
export interface CallLine {
  readonly id: string;
  readonly day: Day;
  readonly clock: Clock;
  readonly who: string | undefined;
  readonly missed: boolean;
  readonly voicemail: boolean;
}

export const callsOf = (world: World): CallLine[] =>
  world.calls.map(({ id, at, zone, from, missed, voicemail }) => ({
    id,
    ...onTheWall(zone, at),
    who: from,
    missed,
    voicemail,
  }));
