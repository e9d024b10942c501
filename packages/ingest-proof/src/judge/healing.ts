import type { Trouble } from '../faults/trouble.ts';
import type { Flaw } from './flaw.ts';
import type { Delivery } from './ledger.ts';

/** Whether what no webhook told, or none that could be understood, was found in time all the same. */
export interface Healing {
  readonly opened: (delivery: Delivery) => void;
  readonly progressed: (key: string, progress: number) => void;
  flaws(): readonly Flaw[];
  readonly healed: number;
  readonly slowestMs: number;
}

interface Wound {
  readonly delivery: Delivery;
  readonly progress: number;
  readonly sinceMs: number;
}

/** The promise. The time in which something that healing needs was away does not count. */
const WITHIN_MS = 15 * 60_000;

export function createHealing(now: () => number, trouble: Trouble): Healing {
  const open = new Map<string, Wound[]>();
  /** How far each record has come: a list may show a change before its webhook was due. */
  const reached = new Map<string, number>();
  const late: Flaw[] = [];
  let healed = 0;
  let slowestMs = 0;

  const close = (key: string, { delivery, sinceMs }: Wound): void => {
    const tookMs = now() - sinceMs - trouble.awayMs(sinceMs, now());
    healed += 1;
    slowestMs = Math.max(slowestMs, tookMs);
    if (tookMs <= WITHIN_MS) return;
    late.push({
      promised: 'unhealed',
      about: key,
      text: `delivery ${delivery.number} (${delivery.draft.event}) was withheld, and found after ${minutes(tookMs)}`,
    });
  };

  return {
    opened: delivery => {
      const { about } = delivery.draft;
      if (!delivery.isWithheld || about === undefined || about.thing.deleted || about.thing.isOdd) return;
      if ((reached.get(about.thing.key) ?? -1) >= about.progress) return;
      const known = open.get(about.thing.key) ?? [];
      open.set(about.thing.key, [...known, { delivery, progress: about.progress, sinceMs: now() }]);
    },
    progressed: (key, progress) => {
      reached.set(key, Math.max(progress, reached.get(key) ?? progress));
      const wounds = open.get(key);
      if (wounds === undefined) return;
      const left = wounds.filter(wound => wound.progress > progress);
      for (const wound of wounds) if (wound.progress <= progress) close(key, wound);
      if (left.length === 0) open.delete(key);
      else open.set(key, left);
    },
    flaws: () => [
      ...late,
      ...[...open].flatMap(([key, wounds]) =>
        wounds
          .filter(({ delivery }) => delivery.draft.about?.thing.deleted === false)
          .map(
            ({ delivery }): Flaw => ({
              promised: 'unhealed',
              about: key,
              text: `delivery ${delivery.number} (${delivery.draft.event}) was withheld, and never found`,
            }),
          ),
      ),
    ],
    get healed() {
      return healed;
    },
    get slowestMs() {
      return slowestMs;
    },
  };
}

const minutes = (ms: number): string => `${Math.round(ms / 60_000)} minutes`;
