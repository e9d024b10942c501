import type { Log } from '@innkeeper/shared/log/log';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { BSON, type Document } from 'mongodb';
import type { Clock } from '../clock.ts';
import { OUTAGE_MS, watchOutage } from '../status/outage.ts';
import type { RaiseAlert } from '../status/raise-alert.ts';
import type { HeldPosition, PositionChange, PositionError } from './position-store.ts';

/** A place in the stream up to which everything is published. */
export interface ReachedPosition {
  readonly token: Document;
  readonly version?: number;
  /** When the token was received, wall clock. */
  readonly tokenAt: Date;
  /** Whether anything was published since the place before: an idle stream is saved less often. */
  readonly moved: boolean;
}

/**
 * Writes the newest reached position and keeps the lease: a busy stream once a second, an idle one three times within a
 * lease. What could not be written is tried again with whatever is newest then.
 */
export interface PositionKeeper {
  reached(position: ReachedPosition): void;
  /** Replaces the position, forgetting what was reached before. */
  replace(
    change: { readonly [K in keyof PositionChange]: PositionChange[K] | undefined },
  ): Promise<Result<void, PositionError>>;
  /** Writes what is newest now. */
  flush(): Promise<Result<void, PositionError>>;
  /** Runs until `signal` aborts, or ends with the reason why the position must not be held any more. */
  run(signal: AbortSignal): Promise<PositionError | undefined>;
}

export interface KeepPositionOptions {
  readonly held: HeldPosition;
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly alert: RaiseAlert;
}

export function keepPosition({ held, leaseMs, clock, log, alert }: KeepPositionOptions): PositionKeeper {
  const outage = watchOutage(clock, OUTAGE_MS);
  let newest: ReachedPosition | undefined;
  let moved = false;
  let savedAtMs = clock.elapsedMs();

  return {
    reached: position => {
      newest = position;
      moved ||= position.moved;
    },

    replace: async change => {
      newest = undefined;
      moved = false;
      return saved(await held.save(change));
    },

    flush: () => (newest === undefined ? Promise.resolve(ok(undefined)) : save()),

    run: async signal => {
      for (let failures = 0; ; ) {
        await clock.pause(SAVE_EVERY_MS, signal);
        if (signal.aborted) return undefined;
        if (!moved && failures === 0 && clock.elapsedMs() - savedAtMs < leaseMs / 3) continue;
        const outcome = await save();
        if (outcome.ok) {
          failures = 0;
          outage.recovered();
          continue;
        }
        if (outcome.error.kind === 'fenced' || outcome.error.kind === 'held') return outcome.error;
        if (failures === 0) {
          log.warn('position.not_saved', { reason: outcome.error.kind, detail: outcome.error.detail });
        }
        const forMs = outage.failed();
        if (forMs !== undefined) alert({ kind: 'position_unsaved', detail: outcome.error.detail, forMs });
        failures += 1;
      }
    },
  };

  async function save(): Promise<Result<void, PositionError>> {
    const saving = newest;
    moved = false;
    const outcome = saved(await held.save(saving === undefined ? {} : toChange(saving)));
    if (outcome.ok) {
      if (newest === saving) newest = undefined;
    } else {
      moved = true;
    }
    return outcome;
  }

  function saved(outcome: Result<void, PositionError>): Result<void, PositionError> {
    if (outcome.ok) savedAtMs = clock.elapsedMs();
    return outcome;
  }
}

/** `version` stays what it was where the token has none. */
const toChange = ({ token, version, tokenAt }: ReachedPosition): PositionChange => ({
  resumeToken: BSON.EJSON.stringify(token, { relaxed: false }),
  tokenAt: tokenAt.toISOString(),
  ...(version === undefined ? {} : { version }),
});

/** What a crash makes the next holder read and publish once more; Firestore is glad about one write a second. */
const SAVE_EVERY_MS = 1_000;
