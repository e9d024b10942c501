import { LISTENER_HEARTBEAT_PATH, type ListenerHeartbeat } from '@innkeeper/shared/contracts/chat-documents';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import type { Clock } from '../clock.ts';
import type { ListenerStatus } from '../status/listener-status.ts';
import { watchOutage } from '../status/outage.ts';
import type { RaiseAlert } from '../status/raise-alert.ts';

/**
 * Says every five seconds that the listener lives and up to when everything is handed on: without it the assistant stops
 * quoting private rooms. Failing to say so disturbs nothing else. Only the copy that holds the lease speaks.
 */
export async function beat(
  ports: {
    readonly store: DocumentStore;
    readonly status: ListenerStatus;
    readonly clock: Clock;
    readonly alert: RaiseAlert;
  },
  stop: AbortSignal,
): Promise<void> {
  const { store, status, clock, alert } = ports;
  const outage = watchOutage(clock, STALE_MS);
  while (!stop.aborted) {
    if (status.state !== 'waiting') {
      const fields = heartbeatOf(status, clock);
      const written = await store.commit([{ op: 'merge', path: LISTENER_HEARTBEAT_PATH, fields }]);
      if (written.ok) outage.recovered();
      else {
        const forMs = outage.failed();
        if (forMs !== undefined) alert({ kind: 'heartbeat_failed', detail: written.error.detail, forMs });
      }
    }
    await untilDue(status, clock, stop);
  }
}

/** The first time that everything is handed on is told at once: private rooms wait for it. */
async function untilDue(status: ListenerStatus, clock: Clock, stop: AbortSignal): Promise<void> {
  if (status.lagMs() !== undefined) return clock.pause(BEAT_EVERY_MS, stop);
  for (let waitedMs = 0; waitedMs < BEAT_EVERY_MS && !stop.aborted; waitedMs += LOOK_EVERY_MS) {
    await clock.pause(LOOK_EVERY_MS, stop);
    if (status.lagMs() !== undefined) return;
  }
}

/**
 * The lag is measured by the steady clock: a wall clock that jumps does not make what is known older or newer. What an
 * earlier run said of how far everything was handed on stays true until this one can say more.
 */
function heartbeatOf(status: ListenerStatus, clock: Clock) {
  const now = clock.now();
  const lagMs = status.lagMs();
  const heartbeat = { v: 1, at: now.toISOString(), state: status.state } as const satisfies ListenerHeartbeat;
  return lagMs === undefined ? heartbeat : { ...heartbeat, caughtUpTo: new Date(now.getTime() - lagMs).toISOString() };
}

const BEAT_EVERY_MS = 5_000;
const LOOK_EVERY_MS = 250;

/** From then on private rooms are dropped from answers. */
const STALE_MS = 30_000;
