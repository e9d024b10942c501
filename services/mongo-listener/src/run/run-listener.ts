import { backoffMs } from '../backoff.ts';
import { lookEveryMs } from '../position/position-document.ts';
import { OUTAGE_MS, watchOutage } from '../status/outage.ts';
import type { State } from '../status/states.ts';
import type { StreamFailure } from '../stream/stream-failure.ts';
import type { ListenerPorts } from './listener-ports.ts';
import { type Happening, isWorking, type Situation, type StopReason, transition, type Working } from './situation.ts';
import { beginTenure, type Tenure } from './tenure.ts';

/**
 * Runs the state machine: does what the situation says, and lets what happened lead to the next one. Ends when asked to,
 * or when MongoDB refuses the credentials; everything else passes.
 */
export async function runListener(ports: ListenerPorts, stop: AbortSignal): Promise<StopReason> {
  const { clock, random, log, status, alert } = ports;
  const storeOutage = watchOutage(clock, OUTAGE_MS);
  let storeFailures = 0;
  let tenure: Tenure | undefined;
  let situation: Situation = { state: 'starting' };

  for (;;) {
    // After a pause it is still resuming, until the work gets further.
    if (!(isWorking(situation) && status.state === 'resuming')) show(situation.state);
    if (situation.state === 'stopped') return situation.why;
    const happening: Happening = await act(situation);
    situation = transition(situation, happening);
    if (happening.kind === 'failed') report(happening.failure, situation);
  }

  function act(now: Exclude<Situation, { readonly state: 'stopped' }>): Promise<Happening> {
    switch (now.state) {
      case 'starting':
      case 'waiting':
        return takeLease(now.state === 'waiting' ? lookEveryMs(ports.leaseMs) : 0);
      case 'snapshot':
      case 'streaming':
      case 'healing':
        return work(now);
      case 'resuming':
        return pause(backoffMs(now.failures - 1, random));
      case 'stopping':
        return windUp(now.why);
    }
  }

  async function takeLease(afterMs: number): Promise<Happening> {
    if (afterMs > 0) await clock.pause(afterMs, stop);
    if (stop.aborted) return { kind: 'stop_asked' };
    const acquired = await ports.positions.acquire();
    if (acquired.ok) {
      storeOutage.recovered();
      storeFailures = 0;
      tenure = beginTenure(acquired.value, ports, stop);
      const { epoch, position } = acquired.value;
      log.info('lease.taken', { epoch, holder: position.holder });
      return { kind: 'lease_taken', position };
    }
    const { error } = acquired;
    if (error.kind === 'held') return { kind: 'lease_is_held' };
    if (storeFailures === 0) log.warn('lease.not_taken', { reason: error.kind, detail: error.detail });
    const forMs = storeOutage.failed();
    if (forMs !== undefined) alert({ kind: 'position_unsaved', detail: error.detail, forMs });
    await clock.pause(backoffMs(storeFailures, random), stop);
    storeFailures += 1;
    return { kind: 'pause_over' };
  }

  async function work(now: Working): Promise<Happening> {
    if (tenure === undefined) throw new Error(`${now.state} without a lease`);
    return tenure.perform(now, () => show(now.state));
  }

  async function pause(ms: number): Promise<Happening> {
    await tenure?.pause(ms);
    if (stop.aborted) return { kind: 'stop_asked' };
    return tenure?.isFenced() === true ? { kind: 'fenced' } : { kind: 'pause_over' };
  }

  async function windUp(why: StopReason): Promise<Happening> {
    await tenure?.windUp(why);
    tenure = undefined;
    return { kind: 'wound_up' };
  }

  function show(state: State): void {
    if (state === status.state) return;
    log.info('state.entered', { state, before: status.state });
    status.enter(state);
  }

  function report(failure: StreamFailure, next: Situation): void {
    if (stop.aborted) return;
    const failures = next.state === 'resuming' ? next.failures : 0;
    const { kind, detail } = failure;
    if (failures <= 1) log.warn('stream.failed', { reason: kind, detail });
    if (kind === 'denied') alert({ kind: 'mongodb_denied', detail });
    if (kind === 'unknown' && failures > 0 && failures % UNSTABLE_FAILURES === 0) {
      alert({ kind: 'stream_unstable', detail, failures });
    }
  }
}

/** With back-off that is a little over a minute; an election takes a tenth of that. */
const UNSTABLE_FAILURES = 10;
