import { describe, expect, it } from 'vitest';
import type { ListenerPosition } from '../position/position-store.ts';
import type { StreamFailure } from '../stream/stream-failure.ts';
import { type Happening, type Situation, transition } from './situation.ts';

const position = (fields: Partial<ListenerPosition> = {}): ListenerPosition => ({
  v: 1,
  epoch: 1,
  holder: 'a/a',
  leaseUntil: '2026-11-21T09:00:15.000Z',
  ...fields,
});
const scan = { version: 5, startedAt: '2026-11-21T09:00:00.000Z', collections: {} };
const after = (situation: Situation, ...happenings: Happening[]): Situation => happenings.reduce(transition, situation);
const failed = (kind: 'resume' | 'unknown' | 'denied', progressed = false): Happening => ({
  kind: 'failed',
  failure: { kind, detail: 'code' },
  progressed,
});
const lost = (progressed = false): Happening => ({
  kind: 'failed',
  failure: { kind: 'heal', reason: 'history_lost', detail: '286' } satisfies StreamFailure,
  progressed,
});
const STREAMING: Situation = { state: 'streaming', failures: 0 };

describe('the listener', () => {
  it.each([
    ['a snapshot, where there is no position', {}, { state: 'snapshot' }],
    ['the snapshot it was in', { version: 5, snapshot: scan }, { state: 'snapshot' }],
    [
      'the healing it was in, before anything else',
      { resumeToken: 't', version: 5, healing: { reason: 'token_invalid', scan } },
      { state: 'healing', reason: 'token_invalid' },
    ],
    ['the stream, from a token', { resumeToken: 't' }, { state: 'streaming' }],
    ['the stream, from where the snapshot began', { version: 5 }, { state: 'streaming' }],
  ])('begins with %s', (_, fields, work) => {
    const lease: Happening = { kind: 'lease_taken', position: position(fields) };
    expect(after({ state: 'starting' }, { kind: 'lease_is_held' }, lease)).toEqual({ ...work, failures: 0 });
  });

  it('waits while another copy holds the lease', () => {
    expect(after({ state: 'starting' }, { kind: 'lease_is_held' }, { kind: 'lease_is_held' })).toEqual({
      state: 'waiting',
    });
  });

  it('pauses after a failure and takes up the same work, counting failures until it gets further', () => {
    const twice = after(STREAMING, failed('resume'), { kind: 'pause_over' }, failed('unknown'));
    expect(twice).toEqual({ state: 'resuming', work: { state: 'streaming' }, failures: 2 });
    const again = after(twice, { kind: 'pause_over' });
    expect(again).toEqual({ state: 'streaming', failures: 2 });
    expect(after(again, failed('resume', true))).toMatchObject({ state: 'resuming', failures: 1 });
    const snapshot: Situation = { state: 'snapshot', failures: 0 };
    expect(after(snapshot, failed('resume'), { kind: 'pause_over' })).toMatchObject({ state: 'snapshot' });
  });

  it('heals at once where the stream has a gap, then streams', () => {
    const healing = after(STREAMING, lost(true));
    expect(healing).toMatchObject({ state: 'healing', reason: 'history_lost' });
    expect(after(healing, { kind: 'finished' })).toMatchObject({ state: 'streaming' });
  });

  it('does not heal over and over without a pause where that does not help', () => {
    const again = after(STREAMING, lost(), { kind: 'finished' }, lost());
    expect(again).toEqual({ state: 'resuming', work: { state: 'healing', reason: 'history_lost' }, failures: 2 });
    expect(after(again, { kind: 'pause_over' }, { kind: 'finished' }, lost())).toMatchObject({ failures: 3 });
    expect(after(again, { kind: 'pause_over' }, { kind: 'finished' }, lost(true))).toMatchObject({ state: 'healing' });
  });

  it('takes a scan up again where it failed for want of history', () => {
    const snapshot: Situation = { state: 'snapshot', failures: 0 };
    expect(after(snapshot, lost())).toEqual({ state: 'resuming', work: { state: 'snapshot' }, failures: 1 });
  });

  it('stops for good where MongoDB denies it', () => {
    const stopping = after(STREAMING, failed('denied'));
    expect(stopping).toEqual({ state: 'stopping', why: 'denied' });
    expect(after(stopping, { kind: 'wound_up' }, { kind: 'pause_over' })).toEqual({ state: 'stopped', why: 'denied' });
  });

  it('waits for its next turn where it lost the lease, unless it is asked to stop meanwhile', () => {
    const stopping = after(STREAMING, { kind: 'fenced' });
    expect(after(stopping, { kind: 'wound_up' })).toEqual({ state: 'waiting' });
    expect(after(stopping, { kind: 'stop_asked' }, { kind: 'wound_up' })).toEqual({ state: 'stopped', why: 'asked' });
  });

  it('stops from wherever it is when it is asked to, and nothing brings it back', () => {
    const everywhere: Situation[] = [
      { state: 'starting' },
      { state: 'waiting' },
      STREAMING,
      { state: 'snapshot', failures: 0 },
      { state: 'resuming', work: { state: 'snapshot' }, failures: 1 },
      { state: 'healing', reason: 'invalidated', failures: 0 },
    ];
    for (const situation of everywhere) {
      const stopping = after(situation, { kind: 'stop_asked' }, failed('resume'), { kind: 'pause_over' }, lost());
      expect(stopping).toEqual({ state: 'stopping', why: 'asked' });
      const stopped = after(stopping, { kind: 'wound_up' }, { kind: 'lease_taken', position: position() });
      expect(stopped).toEqual({ state: 'stopped', why: 'asked' });
    }
  });
});
