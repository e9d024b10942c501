import { isDeepStrictEqual } from 'node:util';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Clock } from '../clock.ts';
import {
  lookEveryMs,
  NOBODY,
  POSITION_PATH,
  type PositionDocument,
  readPosition,
  toFields,
  toPositionError,
} from './position-document.ts';
import { type HeldPosition, ListenerPosition, type PositionError } from './position-store.ts';

/** The holder's side of the lease: saves one after the other, each based on the update time of the one before. */
export interface HoldOptions {
  readonly store: DocumentStore;
  readonly clock: Clock;
  readonly leaseMs: number;
  readonly onFenced: () => void;
}

export function holdPosition(taken: PositionDocument, renewedAtMs: number, options: HoldOptions): HeldPosition {
  const { store, clock, leaseMs } = options;
  const { epoch, holder } = taken.position;
  let document = taken;
  let renewedMs = renewedAtMs;
  let over: PositionError | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined); // whoever asked for it sees the rejection
    return turn;
  };

  return {
    epoch,
    get position() {
      return document.position;
    },
    valid: () => over === undefined && clock.elapsedMs() - renewedMs < leaseMs - 3 * lookEveryMs(leaseMs),
    save: change => inTurn(() => write(change)),
    release: () =>
      inTurn(async () => {
        const released = await write({ holder: NOBODY, leaseUntil: clock.now().toISOString() });
        if (released.ok) over = { kind: 'fenced', detail: 'the lease was given back' };
        return released;
      }),
  };

  async function write(change: Partial<ListenerPosition>): Promise<Result<void, PositionError>> {
    for (let attemptsLeft = SAVE_ATTEMPTS_MAX; ; attemptsLeft -= 1) {
      if (over !== undefined) return err(over);
      const startedAtMs = clock.elapsedMs();
      const leaseUntil = new Date(clock.now().getTime() + leaseMs).toISOString();
      const fields = toFields({ ...document.position, leaseUntil, ...change });
      const next = ListenerPosition.parse(fields);
      const written = await store.commit([
        { op: 'set', path: POSITION_PATH, fields, precondition: { updateTime: document.updateTime } },
      ]);
      const updateTime = written.ok ? written.value.updateTimes[0] : undefined;
      if (updateTime !== undefined) return renewed({ position: next, updateTime }, startedAtMs);
      const error: PositionError = written.ok
        ? { kind: 'unavailable', detail: 'no update time' }
        : toPositionError(written.error);
      if (error.kind === 'denied') return err(error);
      // Either somebody else wrote, or one of our own writes arrived although its answer did not.
      const read = await readPosition(store);
      if (!read.ok) return read;
      if (
        read.value?.position.epoch !== epoch ||
        (read.value.position.holder !== holder && !isSame(read.value.position, next))
      ) {
        over = { kind: 'fenced', detail: `epoch ${read.value?.position.epoch ?? 'none'} follows ours, ${epoch}` };
        options.onFenced();
        return err(over);
      }
      if (isSame(read.value.position, next)) return renewed(read.value, startedAtMs);
      document = read.value;
      if (attemptsLeft <= 1) return err(error);
    }
  }

  function renewed(written: PositionDocument, startedAtMs: number): Result<void, PositionError> {
    document = written;
    renewedMs = startedAtMs;
    return ok(undefined);
  }
}

const isSame = (a: ListenerPosition, b: ListenerPosition): boolean => isDeepStrictEqual(a, b);

/** An own late write may get between once; more is somebody's doing. */
const SAVE_ATTEMPTS_MAX = 3;
