import { secondsOfChatVersion } from '@innkeeper/shared/contracts/chat-change';
import type { Result } from '@innkeeper/shared/result/result';
import { BSON, type Document, Timestamp } from 'mongodb';
import { operationTimeOfVersion, versionOfOperationTime } from '../operation-time.ts';
import { keepPosition } from '../position/keep-position.ts';
import type { HeldPosition, ListenerPosition, PositionChange, PositionError } from '../position/position-store.ts';
import { createPublishWindow } from '../publish/create-publish-window.ts';
import { FOLLOWED } from '../source-document.ts';
import { OUTAGE_MS, watchOutage } from '../status/outage.ts';
import type { StreamStart } from '../stream/change-stream-reader.ts';
import type { HealingReason, StreamFailure } from '../stream/stream-failure.ts';
import { followStream } from './follow-stream.ts';
import type { ListenerPorts } from './listener-ports.ts';
import type { ScanContext, ScanError } from './scan-ports.ts';
import type { Happening, StopReason, Work } from './situation.ts';

/**
 * Everything done under one lease: one window, one keeper of the position. Ends when the listener is asked to stop or
 * the lease is lost; nothing is published after that.
 */
export interface Tenure {
  /** Does the work until it ends, one way or the other. Calls `onProgress` whenever it gets further. */
  perform(work: Work, onProgress: () => void): Promise<Happening>;
  pause(ms: number): Promise<void>;
  isFenced(): boolean;
  /** Hands on what was read, saves the position and gives the lease back, within nine seconds. */
  windUp(why: StopReason): Promise<void>;
}

export function beginTenure(held: HeldPosition, ports: ListenerPorts, stop: AbortSignal): Tenure {
  const { clock, log, status, alert } = ports;
  const ending = new AbortController();
  const endNow = () => ending.abort();
  stop.addEventListener('abort', endNow);
  if (stop.aborted) endNow();
  let fenced = false;
  let next: StreamStart | undefined;
  /** Documents that the scan at hand has got to; a new attempt begins by telling what is known already. */
  let furthest = 0;

  const window = createPublishWindow({
    ...ports,
    leaseValid: () => held.valid(),
    counts: status.counts,
    outage: watchOutage(clock, OUTAGE_MS),
  });
  const keeper = keepPosition({ held, ...ports });
  status.tenure(held, window);
  const keeping = keeper.run(ending.signal).then(lost => {
    if (lost !== undefined) fence(lost);
  });
  const beside = ports.beside(ending.signal);

  return {
    perform: async (work, onProgress) => {
      let progressed = false;
      const happening = await perform(work, () => {
        progressed = true;
        onProgress();
      });
      if (fenced) return { kind: 'fenced' };
      if (stop.aborted) return { kind: 'stop_asked' };
      return happening.kind === 'failed' ? { ...happening, progressed } : happening;
    },
    isFenced: () => fenced,
    pause: ms => clock.pause(ms, ending.signal),
    windUp,
  };

  function perform(work: Work, onProgress: () => void): Promise<Happening> {
    switch (work.state) {
      case 'streaming':
        return stream(onProgress);
      case 'snapshot':
        return snapshot(onProgress);
      case 'healing':
        return healing(work.reason, onProgress);
    }
  }

  async function stream(onProgress: () => void): Promise<Happening> {
    const failure = await followStream(next ?? startOf(held.position), {
      ...ports,
      window,
      interpret: change => ports.interpret(change, ports.assistant),
      signal: ending.signal,
      onRead: batch => {
        onProgress();
        if (batch.position !== undefined) next = { kind: 'token', token: batch.position.token };
        status.read(batch);
      },
      onReached: batch => {
        if (batch.position !== undefined) keeper.reached(batch.position);
        status.reached(batch);
      },
    });
    return failedBy(failure);
  }

  async function snapshot(onProgress: () => void): Promise<Happening> {
    const taken = await ports.takeSnapshot(scanContext(onProgress));
    if (!taken.ok) return failed(taken.error);
    const { version, operationTime } = taken.value;
    return settle({ snapshot: undefined, version }, operationTime);
  }

  async function healing(reason: HealingReason, onProgress: () => void): Promise<Happening> {
    // What is on its way counts as known: only behind it something can be missing.
    await window.flushed();
    const flushed = await keeper.flush();
    if (!flushed.ok) return unsaved(flushed.error);
    const unfinished = held.position.healing;
    const since = healingSince(held.position);
    if (unfinished === undefined) {
      alert({ kind: 'healing_started', reason, ...(since === undefined ? {} : { since: since.toISOString() }) });
    }
    const cause = { reason, ...(since === undefined ? {} : { since }) };
    const healed = await ports.heal(scanContext(onProgress), cause);
    if (!healed.ok) return failed(healed.error);
    const { operationTime, report } = healed.value;
    const settled = await settle({ healing: undefined, version: versionOfOperationTime(operationTime) }, operationTime);
    if (settled.kind === 'finished') alert({ kind: 'healed', report });
    return settled;
  }

  /** Everything offered is acknowledged before the position says so. */
  async function settle(change: PositionChange, operationTime: Timestamp): Promise<Happening> {
    await window.flushed();
    const saved = await keeper.replace({ ...change, resumeToken: undefined, tokenAt: undefined });
    if (!saved.ok) return unsaved(saved.error);
    next = { kind: 'time', at: behind(operationTime) };
    furthest = 0;
    return { kind: 'finished' };
  }

  function scanContext(onProgress: () => void): ScanContext {
    return {
      ...ports,
      held,
      window,
      now: () => clock.now(),
      signal: ending.signal,
      onProgress: progress => {
        status.scanned(progress);
        const scanned = FOLLOWED.reduce((sum, followed) => sum + (progress[followed]?.scanned ?? 0), 0);
        if (scanned > furthest) onProgress();
        furthest = Math.max(furthest, scanned);
      },
    };
  }

  function failed(error: ScanError): Happening {
    switch (error.kind) {
      case 'mongodb':
        return failedBy(error.failure);
      case 'position':
        return unsaved(error.error);
      case 'store':
        return failedBy({ kind: 'resume', detail: `store ${error.error.kind}: ${error.error.detail}` });
      case 'stopped':
        return failedBy({ kind: 'resume', detail: 'asked to end' });
    }
  }

  function unsaved(error: PositionError): Happening {
    if (error.kind === 'fenced' || error.kind === 'held') {
      fence(error);
      return { kind: 'fenced' };
    }
    return failedBy({ kind: 'resume', detail: `position ${error.kind}: ${error.detail}` });
  }

  function fence(error: PositionError): void {
    if (fenced) return;
    fenced = true;
    ending.abort();
    window.close();
    alert({ kind: 'lease_lost', detail: error.kind === 'held' ? `held by ${error.by}` : error.detail });
  }

  async function windUp(why: StopReason): Promise<void> {
    ending.abort();
    stop.removeEventListener('abort', endNow);
    await within(BESIDE_MS, Promise.all([keeping, beside]));
    if (why !== 'fenced') {
      await within(FLUSH_MS, window.flushed());
      const saved = await within(SAVE_MS, saveAndRelease());
      if (saved === undefined || !saved.ok) log.warn('position.not_released', { reason: saved?.error.kind ?? 'late' });
    }
    window.close();
  }

  async function saveAndRelease(): Promise<Result<void, PositionError>> {
    const saved = await keeper.flush();
    const released = await held.release();
    return saved.ok ? released : saved;
  }

  async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
    const done = new AbortController();
    const timeUp = clock.pause(ms, done.signal).then(() => undefined);
    try {
      return await Promise.race([work, timeUp]);
    } finally {
      done.abort();
    }
  }
}

/** Where the position says that the stream goes on. */
function startOf(position: ListenerPosition): StreamStart {
  if (position.resumeToken !== undefined) {
    const token = BSON.EJSON.parse(position.resumeToken, { relaxed: false }) as Document; // written by `keepPosition`
    return { kind: 'token', token };
  }
  return { kind: 'time', at: behind(operationTimeOfVersion(position.version ?? 0)) };
}

/**
 * A scan has read everything up to its operation time, that included. Started there and not behind it, the stream would
 * show once more what had made the scan necessary, and on a quiet server again and again.
 */
const behind = ({ t, i }: Timestamp): Timestamp => new Timestamp({ t, i: i + 1 });

/** Up to when everything is published; an unfinished healing goes on as it began. */
function healingSince({ healing, version }: ListenerPosition): Date | undefined {
  if (healing !== undefined) return healing.since === undefined ? undefined : new Date(healing.since);
  return version === undefined ? undefined : new Date(secondsOfChatVersion(version) * 1_000);
}

/** Whether it got further before, `perform` knows. */
const failedBy = (failure: StreamFailure): Happening => ({ kind: 'failed', failure, progressed: false });

/** Together below the ten seconds that a stopping container has. */
const BESIDE_MS = 500;
const FLUSH_MS = 6_500;
const SAVE_MS = 2_000;
