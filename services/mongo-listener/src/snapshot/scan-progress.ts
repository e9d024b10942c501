import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { PositionError, Scan } from '../position/position-store.ts';
import type { PublishWindow } from '../publish/publish-window.ts';
import type { ScanError } from '../run/scan-ports.ts';
import type { Followed } from '../source-document.ts';
import { unlessAborted } from './unless-aborted.ts';

/**
 * How far a scan got, written to the position document only over what Pub/Sub acknowledged, so that a scan killed at any
 * point goes on without a gap. A failure to write shows at the next step.
 */
export interface ScanProgressKeeper {
  readonly scan: Scan;
  /** Everything that belongs to this progress has been offered. */
  advance(part: string, progress: PartProgress): Result<void, ScanError>;
  /** Resolves once everything offered so far is acknowledged and the progress is written. */
  settle(): Promise<Result<void, ScanError>>;
}

export type PartProgress = Scan['collections'][string];

/** Of a part that was not begun. */
export const NO_PROGRESS: PartProgress = { done: false, scanned: 0, expected: 0 };

/** The part of a scan in which a collection's ids are compared; reading it is the part of its name. */
export const idsPart = (followed: Followed): string => `ids:${followed}`;

/** Firestore takes about one lasting write a second to one document. */
const SAVE_INTERVAL_MS = 1_000;

export function keepScanProgress(ports: {
  readonly scan: Scan;
  readonly window: Pick<PublishWindow, 'flushed'>;
  readonly save: (scan: Scan) => Promise<Result<void, PositionError>>;
  readonly onAdvance: (scan: Scan) => void;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}): ScanProgressKeeper {
  let current = ports.scan;
  let savedAtMs = ports.now().getTime();
  let saving: Promise<void> | undefined;
  let failure: ScanError | undefined;

  const saveAcknowledged = async (): Promise<Result<void, ScanError>> => {
    const offered = current;
    const flushed = await unlessAborted(ports.window.flushed(), ports.signal);
    if (!flushed.ok || !flushed.value.ok) return err({ kind: 'stopped' });
    const saved = await ports.save(offered);
    savedAtMs = ports.now().getTime();
    return saved.ok ? saved : err({ kind: 'position', error: saved.error });
  };

  const saveMeanwhile = async (): Promise<void> => {
    const saved = await saveAcknowledged();
    // The next second brings another try; what is not written is only read once more after a kill.
    const passes = !saved.ok && saved.error.kind === 'position' && saved.error.error.kind === 'unavailable';
    if (!saved.ok && !passes) failure = saved.error;
    saving = undefined;
  };

  return {
    get scan() {
      return current;
    },
    advance(part, progress) {
      current = { ...current, collections: { ...current.collections, [part]: progress } };
      ports.onAdvance(current);
      // Either way: a clock that was set back must not stop the saving.
      const isDue = Math.abs(ports.now().getTime() - savedAtMs) >= SAVE_INTERVAL_MS;
      if (isDue) saving ??= saveMeanwhile();
      return failure === undefined ? ok(undefined) : err(failure);
    },
    async settle() {
      await saving;
      return failure === undefined ? saveAcknowledged() : err(failure);
    },
  };
}
