/**
 * States of the world that last: from an instant until another one, or until a person mends them. They are what a night
 * cannot be blamed for, so they are remembered with their times.
 */
export type ConditionKind =
  | 'cloud_down'
  | 'cloud_denied'
  | 'sold_out'
  | 'quota_full'
  | 'no_image'
  | 'old_image'
  | 'arm_image'
  | 'large_image'
  | 'types_gone'
  | 'deletion_locked'
  | 'deletion_protected'
  | 'work_impossible'
  | 'store_down'
  | 'chat_down'
  | 'dead_man_down'
  | 'database_backups_down'
  | 'sweeps_silent'
  | 'sweeps_late'
  | 'sweeps_doubled'
  | 'instances_die'
  | 'project_suspended';

export interface Condition {
  readonly kind: ConditionKind;
  /** Fault that brought it. */
  readonly fault: string;
  readonly fromMs: number;
  /** `undefined` until a person has mended it. */
  untilMs: number | undefined;
  readonly isForAPerson: boolean;
  hasBitten: boolean;
}

export interface Conditions {
  readonly all: readonly Condition[];
  begin(condition: Pick<Condition, 'kind' | 'fault' | 'fromMs' | 'untilMs'>): void;
  inForce(kind: ConditionKind): readonly Condition[];
  /** One that is in force now, if any; whoever asks is bitten by it. */
  bite(kind: ConditionKind, which?: Condition): Condition | undefined;
  /** A person mends whatever waits for one. Answers what was mended. */
  mend(): readonly Condition[];
}

export function conditions(now: () => number, onHit: (fault: string) => void): Conditions {
  const all: Condition[] = [];
  let current: Condition[] = [];
  const isOver = ({ untilMs }: Condition): boolean => (untilMs ?? Infinity) <= now();
  const inForce = (kind: ConditionKind): readonly Condition[] =>
    current.filter(condition => condition.kind === kind && condition.fromMs <= now() && !isOver(condition));
  return {
    all,
    begin: ({ kind, fault, fromMs, untilMs }) => {
      const condition = { kind, fault, fromMs, untilMs, isForAPerson: untilMs === undefined, hasBitten: false };
      all.push(condition);
      current = [...current.filter(one => !isOver(one)), condition];
    },
    inForce,
    bite: (kind, which = inForce(kind)[0]) => {
      if (which === undefined) return undefined;
      if (!which.hasBitten) onHit(which.fault);
      which.hasBitten = true;
      return which;
    },
    mend: () => {
      const nowMs = now();
      const mended = current.filter(({ isForAPerson, fromMs }) => isForAPerson && fromMs <= nowMs);
      for (const condition of mended) condition.untilMs = nowMs;
      current = current.filter(one => !isOver(one));
      return mended;
    },
  };
}
