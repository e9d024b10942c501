import type { ServerFate } from './server-fate.ts';
import type { World } from './world.ts';

/** The machine below a runner: its power, and its clock, which may be wrong. */
export interface Machine {
  readonly clock: () => Date;
  /** @throws PowerLost when there is no power afterwards, or the machine's own deadline has come by its own clock. */
  readonly pause: (ms: number) => Promise<void>;
  setDeadline(epochMs: number): void;
  jumpClock(ms: number): void;
}

export class PowerLost extends Error {}

export function startMachine(world: World, serverId: number, fate: ServerFate): Machine {
  const { time, dark, servers } = world;
  const bornAtMs = time.now();
  let clockErrorMs = fate.clockErrorMs;
  let deadlineMs = Number.POSITIVE_INFINITY;
  const clock = (): Date => new Date(time.now() + clockErrorMs);

  if (fate.vanishesAfterMs !== undefined) {
    // Somebody deletes it by hand.
    time.at(bornAtMs + fate.vanishesAfterMs, () => time.begin(async () => void (await servers.delete(serverId))));
  }
  if (fate.powersOffAfterMs !== undefined) {
    time.at(bornAtMs + fate.powersOffAfterMs, () => powerOff(world, serverId));
  }
  return {
    clock,
    pause: async ms => {
      await time.pause(ms);
      if (dark.has(serverId)) throw new PowerLost('without power');
      // Powers itself off, whatever it was about to do.
      if (clock().getTime() >= deadlineMs) throw new PowerLost('at its deadline');
    },
    setDeadline: epochMs => {
      deadlineMs = epochMs;
    },
    jumpClock: ms => {
      clockErrorMs += ms;
    },
  };
}

export function powerOff({ dark, servers }: World, serverId: number): void {
  dark.add(serverId);
  servers.powerOff(serverId);
}
