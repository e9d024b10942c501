import type { Log } from '@innkeeper/shared/log/log';
import type { Disturbance } from './chronicle.ts';
import type { FunctionName, World } from './world.ts';

/**
 * One running call of a function. Every call it makes of a port passes here: it may take its time, and the instance may
 * die before or after any of them, without a last word.
 */
export interface FunctionInstance {
  readonly log: Log;
  /** Between two steps. Does not come back to the dead. */
  step(): Promise<void>;
  /** How far away what it talks to is. */
  travel(ms: number): Promise<void>;
  /** A fault has met it. */
  disturbed(by: Disturbance): void;
}

/** While memory runs out, say: nearly every second one dies. */
function killedInStorm({
  conditions,
  dice,
}: World): { readonly fault: string; readonly afterCalls: number } | undefined {
  const storm = conditions.bite('instances_die');
  return storm !== undefined && dice.chance(45) ? { fault: storm.fault, afterCalls: dice.between(0, 14) } : undefined;
}

export function functionInstance(
  world: World,
  name: FunctionName,
  onDisturbed: (by: Disturbance) => void,
): FunctionInstance {
  const { time, chronicle, kills, conditions } = world;
  const index = kills.findIndex(kill => kill.name === name);
  const [kill = killedInStorm(world)] = index === -1 ? [] : kills.splice(index, 1);
  let steps = 0;
  let isDead = false;

  const step = async (): Promise<void> => {
    steps += 1;
    // Of several things it does at once, only the first one takes the instance with it.
    if (isDead) return new Promise(() => undefined);
    const isKilled = kill !== undefined && steps > kill.afterCalls;
    if (!isKilled && conditions.bite('project_suspended') === undefined) return;
    isDead = true;
    if (isKilled) chronicle.hit(kill.fault);
    onDisturbed('killed');
    await time.bury();
  };

  const line =
    (severity: 'info' | 'warning' | 'error'): Log['info'] =>
    (event, fields) => {
      if (!isDead) chronicle.line(severity, event, fields);
    };

  return {
    log: { info: line('info'), warn: line('warning'), error: line('error') },
    step,
    travel: ms => (ms === 0 ? Promise.resolve() : time.pause(ms)),
    disturbed: onDisturbed,
  };
}
