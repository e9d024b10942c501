import { atMost, type Bench, type Measure, milliseconds, times } from './bench.ts';
import { measureLatency } from './listener-latency.ts';
import { p50, p95 } from './percentile.ts';
import { type Reading, readStream, readUndecoded, startReplayServer } from './read-stream.ts';

/** The listener beside the driver's own cursor: what a change costs, how many there may be, and how late they are. */
const CHANGES = 200_000;
const ROUNDS = 3;
const [CPU_RATIO_MAX, CHANGES_PER_SECOND_MIN, BYTES_MAX, LATENCY_OVER_BARE_MS_MAX] = [1.5, 5_000, 256e6, 50];
/** Below that the server would be measured and not its reader. */
const SERVER_RATIO_MIN = 3;

export const listener: Bench = {
  async run(tell) {
    const readings = { bare: [] as Reading[], listener: [] as Reading[] };
    tell(`draining ${CHANGES.toLocaleString('en-GB')} changes, ${ROUNDS} times each`);
    const replay = await startReplayServer(CHANGES);
    const undecodedMs: number[] = [];
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        undecodedMs.push(await readUndecoded(replay.port, CHANGES));
        for (const reader of ['bare', 'listener'] as const) {
          const stream = { server: 'replay', uri: replay.uri, changes: CHANGES, since: { t: 1, i: 0 } } as const;
          readings[reader].push(await readStream(reader, stream));
        }
      }
    } finally {
      await replay.close();
    }
    tell('measuring how long a change takes from the write to the publisher');
    const latency = { bare: await measureLatency('bare'), listener: await measureLatency('listener') };

    const perSecond = (ms: readonly number[]): number => (CHANGES / p50(ms)) * 1_000;
    const wall = (reader: 'bare' | 'listener'): number => perSecond(readings[reader].map(({ wallMs }) => wallMs));
    const cpu = (reader: 'bare' | 'listener'): number =>
      (p50(readings[reader].map(({ cpuMs }) => cpuMs)) * 1_000) / CHANGES;
    const peak = (reader: 'bare' | 'listener'): number =>
      Math.max(...readings[reader].map(({ peakBytes }) => peakBytes));
    const measures: Measure[] = [
      atMost('processor time per change, of the bare cursor’s', cpu('listener') / cpu('bare'), CPU_RATIO_MAX, times),
      { what: 'processor time per change, bare cursor', measured: microseconds(cpu('bare')) },
      { what: 'processor time per change, listener', measured: microseconds(cpu('listener')) },
      atLeast('changes per second, listener', wall('listener'), CHANGES_PER_SECOND_MIN, whole),
      { what: 'changes per second, bare cursor', measured: whole(wall('bare')) },
      atLeast(
        'changes per second, server, of the bare cursor’s',
        perSecond(undecodedMs) / wall('bare'),
        SERVER_RATIO_MIN,
        times,
      ),
      atMost('memory at its peak, listener', peak('listener'), BYTES_MAX, megabytes),
      { what: 'memory at its peak, bare cursor', measured: megabytes(peak('bare')) },
      atMost(
        'write → published, p95',
        p95(latency.listener),
        p95(latency.bare) + LATENCY_OVER_BARE_MS_MAX,
        milliseconds,
      ),
      { what: 'write → published, p50', measured: milliseconds(p50(latency.listener)) },
      { what: 'write → read by the bare cursor, p95', measured: milliseconds(p95(latency.bare)) },
      { what: 'write → read by the bare cursor, p50', measured: milliseconds(p50(latency.bare)) },
    ];
    return {
      measures,
      limitedBy:
        'decoding BSON, which both do; then the checks of every field (zod) and collecting what they leave behind',
    };
  },
};

const atLeast = (what: string, value: number, least: number, write: (value: number) => string): Measure => ({
  what,
  budget: { words: `≥ ${write(least)}`, kept: value >= least },
  measured: write(value),
});

const microseconds = (value: number): string => `${value.toFixed(1)} µs`;
const megabytes = (value: number): string => `${Math.round(value / 1e6)} MB`;
const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');
