import { Worker } from 'node:worker_threads';
import type { FaultPoint } from './faults/fault-points.ts';
import type { Figures } from './simulate.ts';

/** Plays seeds side by side, each from its beginning to its end in one thread: how many there are changes no story. */
export interface SeedToPlay {
  readonly seed: number;
  readonly events: number;
}

export interface Played {
  readonly seed: number;
  readonly figures: Figures;
  readonly hits: readonly (readonly [FaultPoint, number])[];
  /** The same for the same story. */
  readonly digest: string;
  /** What was wrong, for people; empty when nothing was. */
  readonly report: readonly string[];
}

export type ThreadMessage =
  | { readonly kind: 'progress'; readonly events: number }
  | { readonly kind: 'played'; readonly played: Played };

export interface PlayOptions {
  readonly seeds: readonly SeedToPlay[];
  readonly threads: number;
  readonly onProgress?: (events: number) => void;
  readonly onPlayed?: (played: Played) => void;
}

export async function playSeeds({ seeds, threads, onProgress, onPlayed }: PlayOptions): Promise<readonly Played[]> {
  const waiting = [...seeds];
  const all: Played[] = [];

  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./seed-thread.ts', import.meta.url));
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const played = await playOne(worker, next, onProgress);
        all.push(played);
        onPlayed?.(played);
      }
    } finally {
      await worker.terminate();
    }
  };

  await Promise.all(Array.from({ length: Math.min(threads, seeds.length) }, work));
  return all.toSorted((one, other) => one.seed - other.seed);
}

function playOne(worker: Worker, wanted: SeedToPlay, onProgress: PlayOptions['onProgress']): Promise<Played> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      worker.off('message', hear);
      worker.off('error', fail);
    };
    const hear = (message: ThreadMessage): void => {
      if (message.kind === 'progress') return onProgress?.(message.events);
      stop();
      resolve(message.played);
    };
    const fail = (error: unknown): void => {
      stop();
      reject(new Error(`seed ${wanted.seed} broke off`, { cause: error }));
    };
    worker.on('message', hear);
    worker.on('error', fail);
    worker.postMessage(wanted, []);
  });
}
