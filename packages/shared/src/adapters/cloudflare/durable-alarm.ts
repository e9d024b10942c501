import type { Alarm } from '../../hydration/hydration-driver.ts';

/** A Durable Object's alarm. Call `rang` first thing when it rings: the platform has forgotten it by then. I/O: the object's storage. */
export interface DurableAlarm extends Alarm {
  rang(): void;
}

export function durableAlarm(
  storage: Pick<DurableObjectStorage, 'setAlarm' | 'deleteAlarm'>,
  now: () => number,
): DurableAlarm {
  /** What this process knows of it; one that an earlier process set is replaced by the first that is wanted. */
  let setForMs: number | undefined;
  const set = (atMs: number): void => {
    setForMs = atMs;
    void storage.setAlarm(atMs); // kept in order and durable before anything leaves the object
  };
  return {
    ensure: atMs => {
      if (setForMs === undefined || setForMs > atMs || setForMs <= now()) set(atMs);
    },
    rest: untilMs => {
      if (untilMs === setForMs) return;
      if (untilMs !== undefined) return set(untilMs);
      setForMs = undefined;
      void storage.deleteAlarm();
    },
    rang: () => {
      setForMs = undefined;
    },
  };
}
