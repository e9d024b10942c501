import type { Clock } from '../clock.ts';
import type { ListenerStatus } from './listener-status.ts';
import { OUTAGE_MS, watchOutage } from './outage.ts';
import type { RaiseAlert } from './raise-alert.ts';

/** Looks every five seconds whether the listener falls behind and whether the machine's clock was set; tells a person. */
export async function watchTime(
  ports: { readonly status: ListenerStatus; readonly clock: Clock; readonly alert: RaiseAlert },
  stop: AbortSignal,
): Promise<void> {
  const { status, clock, alert } = ports;
  const outage = watchOutage(clock, OUTAGE_MS);
  let aheadMs = clock.now().getTime() - clock.elapsedMs();
  let lastLagMs = 0;
  for (;;) {
    await clock.pause(LOOK_EVERY_MS, stop);
    if (stop.aborted) return;

    const nowAheadMs = clock.now().getTime() - clock.elapsedMs();
    const byMs = Math.round(nowAheadMs - aheadMs);
    if (Math.abs(byMs) > JUMP_MS) alert({ kind: 'clock_jumped', byMs });
    aheadMs = nowAheadMs;

    // Scans tell of themselves; without the lease it is another copy's lag.
    const isFollowing = status.state === 'streaming' || status.state === 'resuming';
    const lagMs = isFollowing ? (status.lagMs() ?? 0) : 0;
    if (lagMs < LAG_MS) outage.recovered();
    else if (lagMs > lastLagMs && outage.failed() !== undefined) {
      alert({ kind: 'falling_behind', lagMs: Math.round(lagMs) });
    }
    lastLagMs = lagMs;
  }
}

const LOOK_EVERY_MS = 5_000;

/** No clock drifts that much between two looks. */
const JUMP_MS = 2_000;

/** From half a minute on the assistant drops private rooms. */
const LAG_MS = 30_000;
