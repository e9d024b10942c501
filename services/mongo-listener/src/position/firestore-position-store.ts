import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Clock } from '../clock.ts';
import { holdPosition } from './hold-position.ts';
import {
  lookEveryMs,
  NOBODY,
  POSITION_PATH,
  type PositionDocument,
  readPosition,
  toFields,
  toPositionError,
} from './position-document.ts';
import type { HeldPosition, ListenerPosition, PositionError, PositionStore } from './position-store.ts';

/**
 * The position in Firestore. Every write is a compare-and-set by update time, so that of two copies started by mistake
 * only one can move it. A living holder's lease is never judged by wall clocks: whoever waits takes over once the
 * document stood still for a whole lease by its own steady clock.
 */
export interface PositionStoreOptions {
  readonly store: DocumentStore;
  /** Who we are: the same after a restart, so that we need not wait for our own lease. */
  readonly instance: string;
  /** Unlike any other process, so that two copies with one instance name are told apart. */
  readonly processId: string;
  readonly leaseMs: number;
  readonly clock: Clock;
}

export function firestorePositionStore(options: PositionStoreOptions): PositionStore {
  const { store, clock, leaseMs } = options;
  const holder = `${options.instance}/${options.processId}`;
  let lastSeen: { readonly updateTime: bigint; readonly atMs: number } | undefined;
  let wasFenced = false;

  return { acquire: () => attempt(ACQUIRE_ATTEMPTS_MAX) };

  async function attempt(attemptsLeft: number): Promise<Result<HeldPosition, PositionError>> {
    const read = await readPosition(store);
    if (!read.ok) return read;
    const found = read.value;
    if (found !== undefined && !isFree(found)) {
      return err({ kind: 'held', by: found.position.holder, until: found.position.leaseUntil });
    }
    const startedAtMs = clock.elapsedMs();
    const position: ListenerPosition = {
      ...(found?.position ?? { v: 1 }),
      epoch: (found?.position.epoch ?? 0) + 1,
      holder,
      leaseUntil: new Date(clock.now().getTime() + leaseMs).toISOString(),
    };
    const written = await store.commit([
      {
        op: 'set',
        path: POSITION_PATH,
        fields: toFields(position),
        precondition: found === undefined ? { exists: false } : { updateTime: found.updateTime },
      },
    ]);
    const updateTime = written.ok ? written.value.updateTimes[0] : undefined;
    if (updateTime !== undefined) return ok(hold({ position, updateTime }, startedAtMs));
    const error: PositionError = written.ok
      ? { kind: 'unavailable', detail: 'no update time' }
      : toPositionError(written.error);
    if (error.kind === 'denied') return err(error);
    // Lost to somebody else, or written although the answer was lost: the document tells.
    const now = await readPosition(store);
    if (!now.ok) return now;
    if (now.value?.position.holder === holder && now.value.position.epoch === position.epoch) {
      return ok(hold(now.value, startedAtMs));
    }
    return attemptsLeft > 1 ? attempt(attemptsLeft - 1) : err(error);
  }

  function isFree({ position, updateTime }: PositionDocument): boolean {
    if (position.holder === NOBODY) return true;
    if (!wasFenced && position.holder.startsWith(`${options.instance}/`)) return true;
    const seen = lastSeen;
    if (seen?.updateTime === updateTime.epochMicros) {
      return clock.elapsedMs() - seen.atMs >= leaseMs - lookEveryMs(leaseMs);
    }
    lastSeen = { updateTime: updateTime.epochMicros, atMs: clock.elapsedMs() };
    // Only at the first look: it spares a restart after a long absence the wait.
    return seen === undefined && Date.parse(position.leaseUntil) <= clock.now().getTime();
  }

  function hold(document: PositionDocument, renewedAtMs: number): HeldPosition {
    lastSeen = undefined;
    return holdPosition(document, renewedAtMs, {
      store,
      clock,
      leaseMs,
      onFenced: () => {
        wasFenced = true;
      },
    });
  }
}

/** Enough for somebody's release between our read and our write. */
const ACQUIRE_ATTEMPTS_MAX = 3;
