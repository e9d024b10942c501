import type { Dice } from '@innkeeper/local-stack/demo/world/dice';
import type { BackupStep } from '@innkeeper/shared/contracts/backup/steps';
import { isoWeekday } from '@innkeeper/shared/domain/local-time';
import type { CallFault, CallName } from './call-faults.ts';
import type { ConditionKind } from './conditions.ts';
import type { Night } from './night.ts';
import type { Lie, ServerFate } from './server-fate.ts';
import type { FunctionName, World } from './world.ts';

/** Ways of putting a fault in store for a night. Arming it says when; the world says whether it bites. */
export interface Site {
  readonly fault: string;
  readonly world: World;
  readonly night: Night;
}
export type Arm = (site: Site) => void;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

type CallTrouble = Omit<CallFault, 'call'>;
export const RATE_LIMITED: CallTrouble = {
  how: 'refused',
  error: 'unavailable',
  detail: 'rate_limit_exceeded',
  retryAfterMs: MINUTE_MS,
};
export const SERVER_ERROR: CallTrouble = { how: 'refused', error: 'unavailable', detail: 'HTTP 503' };
export const TIMED_OUT: CallTrouble = { how: 'refused', error: 'unavailable', detail: 'timeout', delayMs: 30_000 };
export const REPLY_LOST: CallTrouble = { how: 'reply_lost', error: 'unavailable', detail: 'timeout', delayMs: 30_000 };
export const APPLIED_LATE: CallTrouble = {
  how: 'applied_late',
  error: 'unavailable',
  detail: 'timeout',
  delayMs: 30_000,
};

/** The next one to three calls of a kind, from shortly before the run is due. */
export const call =
  (name: CallName, trouble: CallTrouble, countMax = 2): Arm =>
  ({ fault, world, night }) => {
    const count = world.dice.between(1, countMax);
    world.time.at(night.dueAtMs - MINUTE_MS, () => world.callFaults.arm(fault, count, { call: name, ...trouble }));
  };

/** For a while, from somewhere around the run. */
export const lasting =
  (kind: ConditionKind, fromMinutes: readonly [number, number], forMinutes: readonly [number, number]): Arm =>
  ({ fault, world, night }) => {
    const fromMs = night.dueAtMs + world.dice.between(...fromMinutes) * MINUTE_MS;
    const untilMs = fromMs + world.dice.between(...forMinutes) * MINUTE_MS;
    world.conditions.begin({ kind, fault, fromMs, untilMs });
  };

/** For hours, some calls of these kinds go wrong in one way or another. */
export const storm =
  (calls: readonly CallName[], percent: number): Arm =>
  ({ fault, world, night }) => {
    const fromMs = night.dueAtMs + world.dice.between(-20, 30) * MINUTE_MS;
    world.callFaults.brew(fault, { calls, percent, fromMs, untilMs: fromMs + world.dice.between(1, 3) * HOUR_MS });
  };

/** From before the run until a person has mended it. */
export const untilMended =
  (kind: ConditionKind): Arm =>
  ({ fault, world, night }) =>
    world.conditions.begin({ kind, fault, fromMs: night.dueAtMs - 10 * MINUTE_MS, untilMs: undefined });

/** The night's first server; what happens to it later is noted then. */
export const server =
  (change: (fate: ServerFate, fault: string) => ServerFate): Arm =>
  ({ fault, world }) =>
    world.fates.push({ change: fate => change(fate, fault) });

/** The night's first server, from its birth on. */
export const born =
  (change: (fate: ServerFate, dice: Dice) => ServerFate): Arm =>
  ({ fault, world }) =>
    world.fates.push({
      change: fate => {
        world.chronicle.hit(fault);
        return change(fate, world.dice);
      },
    });

export const dies = (step: BackupStep, when: 'before' | 'between' | 'after'): Arm =>
  server((fate, fault) => ({ ...fate, dies: { step, when, fault } }));

export const lies = (how: Lie): Arm => server((fate, fault) => ({ ...fate, lies: { how, fault } }));

export const thief = (when: 'first' | 'later' | 'elsewhere'): Arm =>
  server((fate, fault) => ({ ...fate, thief: { when, fault } }));

export const killed =
  (name: FunctionName): Arm =>
  ({ fault, world, night }) => {
    const afterCalls = world.dice.between(1, 14);
    world.time.at(night.dueAtMs - MINUTE_MS, () => world.kills.push({ fault, name, afterCalls }));
  };

/** The scheduler's calls of `launch`; it always bites. */
export const launches =
  (change: (night: Night, dice: Dice) => void): Arm =>
  ({ fault, world, night }) => {
    change(night, world.dice);
    world.time.at(night.dueAtMs, () => world.chronicle.hit(fault));
  };

/** A server that nobody ordered, at any time of the day. */
export const stray =
  (name: string, expires: (nowMs: number, dice: Dice) => Date | undefined): Arm =>
  ({ fault, world, night }) => {
    const { time, servers, chronicle, dice } = world;
    time.at(night.dueAtMs + dice.between(-300, 600) * MINUTE_MS, () => {
      servers.add({ name: `${name}-${night.day}`, expires: expires(time.now(), dice) });
      chronicle.hit(fault);
    });
  };

/** Nothing of Google's runs for more than a day, the next one with a drill: nobody is left but the watch outside. */
export function suspended({ fault, world, night }: Site): void {
  const daysLeft = 7 - isoWeekday(night.day);
  const fromMs = night.dueAtMs + daysLeft * 24 * HOUR_MS - world.dice.between(60, 90) * MINUTE_MS;
  const untilMs = fromMs + world.dice.between(27, 32) * HOUR_MS;
  world.conditions.begin({ kind: 'project_suspended', fault, fromMs, untilMs });
}
