import type { Log } from '@innkeeper/shared/log/log';
import type { Trouble } from '../faults/trouble.ts';
import type { Chronicle } from '../judge/chronicle.ts';
import type { Dice } from '../time/dice.ts';
import { type Life, life } from '../time/life.ts';
import type { VirtualTime } from '../time/virtual-time.ts';
import type { SimulatedDocuments } from './document-store.ts';
import type { SimulatedBucket } from './object-store.ts';

/** What lasts while processes come and go. */
export interface Cloud {
  readonly time: VirtualTime;
  readonly trouble: Trouble;
  readonly documents: SimulatedDocuments;
  readonly bucket: SimulatedBucket;
  readonly chronicle: Chronicle;
  /** Of the processes: their delays and their own random numbers. */
  readonly dice: Dice;
  /** Lines of the logs by event. */
  readonly lines: Map<string, number>;
  /** Processes that were killed. */
  readonly deaths: { count: number };
}

/** A new process. */
export function begin(cloud: Cloud, died: () => void = () => undefined): Life {
  return life(cloud, () => {
    cloud.deaths.count += 1;
    died();
  });
}

/** What a process logs; the dead log nothing. */
export function logOf({ lines }: Cloud, life: Pick<Life, 'isOver'>): Log {
  const count = (event: string): void => {
    if (!life.isOver) lines.set(event, (lines.get(event) ?? 0) + 1);
  };
  return { info: count, warn: count, error: count };
}
