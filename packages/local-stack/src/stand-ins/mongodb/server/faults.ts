import * as z from 'zod';
import { CommandError } from '../wire/command-error.ts';

/** What goes wrong on purpose. Replaced as a whole; `{}` ends it. */
export const MongoFaults = z.strictObject({
  /** New connections are closed at once. */
  refuse: z.boolean().optional(),
  /** Commands are taken and not answered, until this ends. */
  freeze: z.boolean().optional(),
  /** Milliseconds before a command is done, by its name; `*` for every command that is not part of monitoring. */
  delayMs: z.record(z.string(), z.int().nonnegative()).optional(),
  /** The first that fits a command happens to it. */
  failures: z
    .array(
      z.strictObject({
        /** A command's name; `*` for every command that is not part of monitoring. */
        command: z.string(),
        /** How many of them; all, if absent. */
        times: z.int().positive().optional(),
        /**
         * `error`: answered with `code`, nothing done. `cut`: the connection breaks, nothing done. `lose_reply`: done,
         * but the connection breaks instead of the answer. `half_reply`: done, and it breaks in the middle of the answer.
         */
        effect: z.enum(['error', 'cut', 'lose_reply', 'half_reply']).default('error'),
        code: z.int().default(11_602),
        message: z.string().default('failure injected'),
        labels: z.array(z.string()).default([]),
      }),
    )
    .optional(),
  /** Added to the clock that cluster time is taken from. Cluster time itself never goes back. */
  clockSkewSeconds: z.int().optional(),
  /** From which size on change events are split; the server's own 16 MiB, if absent. */
  splitBytes: z.int().min(2048).optional(),
  /** How much history is kept; as started, if absent. */
  oplogBytesMax: z.int().nonnegative().optional(),
});
export type MongoFaults = z.input<typeof MongoFaults>;
type Failure = NonNullable<z.output<typeof MongoFaults>['failures']>[number];

/** What a driver sends by itself to watch the server. */
const MONITORING = new Set(['hello', 'isMaster', 'ismaster', 'endSessions']);

/** The faults that are switched on, and how often they still happen. */
export class FaultSwitch {
  #faults: z.output<typeof MongoFaults> = {};
  #left: { failure: Failure; times: number }[] = [];
  readonly #thawing = new Set<() => void>();

  get current(): z.output<typeof MongoFaults> {
    return this.#faults;
  }

  set(faults: MongoFaults): void {
    this.#faults = MongoFaults.parse(faults);
    const failures = this.#faults.failures ?? [];
    this.#left = failures.map(failure => ({ failure, times: failure.times ?? Number.POSITIVE_INFINITY }));
    if (this.#faults.freeze === true) return;
    for (const thaw of this.#thawing) thaw();
    this.#thawing.clear();
  }

  delayOf(command: string): number {
    return this.#faults.delayMs?.[command] ?? (MONITORING.has(command) ? 0 : (this.#faults.delayMs?.['*'] ?? 0));
  }

  /** What happens to this command now, if anything. */
  take(command: string): Failure | undefined {
    const found = this.#left.find(
      ({ failure, times }) =>
        times > 0 && (failure.command === command || (failure.command === '*' && !MONITORING.has(command))),
    );
    if (found === undefined) return undefined;
    found.times -= 1;
    return found.failure;
  }

  /** Resolves at once unless everything is frozen. */
  async thawed(): Promise<void> {
    if (this.#faults.freeze !== true) return;
    await new Promise<void>(resolve => this.#thawing.add(resolve));
  }
}

export function errorOf({ code, message, labels }: Failure): CommandError {
  return new CommandError(code, message, { labels });
}
