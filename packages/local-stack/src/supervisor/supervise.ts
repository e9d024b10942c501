import type { Log } from '@innkeeper/shared/log/log';
import { type KeptPart, keepRunning } from './keep-running.ts';
import { type Part, startWaves } from './part.ts';
import { openProcessTable } from './process-table.ts';
import type { StackHome } from './stack-home.ts';

/** Runs a set of parts: each after those it needs, every one watched, all stopped in the opposite order. */
export interface Supervision {
  /** Every part that was started, in the order of the list. */
  parts(): readonly KeptPart[];
  /** Resolves when nothing of it runs any more. May be called at any time, also while it starts. */
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  readonly parts: readonly Part[];
  readonly home: StackHome;
  readonly log: Log;
  /** Called each time the last part that was not well becomes well. */
  readonly onAllWell: () => void;
  /** Tells a person what becomes ready, as it does. */
  readonly onReady?: (name: string, afterMs: number) => void;
}

/** The supervision at once, and a promise that resolves when every part is well or rejects with why one never was. */
export function supervise(options: SuperviseOptions): { supervision: Supervision; ready: Promise<void> } {
  const { home, log } = options;
  const table = openProcessTable(home.processTable);
  const waves = startWaves(options.parts);
  const kept = new Map<string, KeptPart>();
  const began = performance.now();
  let isStopping = false;

  const allAreWell = (): boolean => options.parts.every(({ name }) => kept.get(name)?.isWell() === true);

  const startOne = async (part: Part): Promise<void> => {
    await Promise.all(part.dependsOn.flatMap(name => readiness.get(name) ?? []));
    if (isStopping) return;
    const running = keepRunning(part, {
      places: {
        logFile: home.log(part.name),
        stateDirectory: home.state(part.name),
        configurationFile: home.configuration(part.name),
      },
      log,
      onStarted: pid => table.started(part.name, pid),
      onWell: () => {
        if (allAreWell()) options.onAllWell();
      },
    });
    kept.set(part.name, running);
    await running.ready;
    if (!isStopping) options.onReady?.(part.name, performance.now() - began);
  };

  const readiness = new Map<string, Promise<void>>();
  for (const part of waves.flat()) readiness.set(part.name, startOne(part));

  return {
    ready: Promise.all(readiness.values()).then(() => undefined),
    supervision: {
      parts: () => options.parts.flatMap(({ name }) => kept.get(name) ?? []),
      async stop() {
        isStopping = true;
        for (const wave of waves.toReversed()) {
          await Promise.all(wave.flatMap(({ name }) => kept.get(name)?.stop() ?? []));
        }
        table.close();
      },
    },
  };
}
