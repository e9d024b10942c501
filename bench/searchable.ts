import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { atMost, type Bench, type Measure, milliseconds, seconds } from './bench.ts';
import { cpuSecondsOf } from './cpu-time.ts';
import { type FreshStack, onFreshStack } from './fresh-stack.ts';
import { p50, p95 } from './percentile.ts';
import { type EventKind, fillGuesty, type VendorEvent, vendorEvent } from './vendor-events.ts';
import { watchIndex } from './watch-index.ts';

/** From a vendor's accepted webhook to a point that questions find, on a whole stack. */
export const searchable: Bench = {
  run: tell =>
    onFreshStack(tell, async stack => {
      const half = await runSteadily(stack, { seconds: HALF_S, pace: 2, from: 20_000 });
      tell(`${half.length} events in ${HALF_S} s`);
      const before = cpuSecondsOf(stack.file);
      const steady = await runSteadily(stack, { seconds: STEADY_S, pace: 1, from: 0 });
      const after = cpuSecondsOf(stack.file);
      tell(`${steady.length} events in ${STEADY_S} s`);
      const burst = await runBurst(stack);
      tell(`${burst.delays.length} events at once`);
      return {
        measures: [...halfMeasures(half), ...steadyMeasures(steady), ...burstMeasures(burst)],
        limitedBy: limitOf(before, after, steady.length),
      };
    }),
};

const STEADY_S = 30;
/** At half the rate first: what it is where the machine keeps up. */
const HALF_S = 20;
/**
 * Each second. Guesty allows 120 reads a minute and every reservation needs one, so more than two a second, each alone,
 * no product could keep up with.
 */
const EACH_SECOND: readonly EventKind[] = [
  ...Array<EventKind>(13).fill('call'),
  ...Array<EventKind>(5).fill('guest-message'),
  ...Array<EventKind>(2).fill('reservation'),
];
const BURST_EVENTS = 500;
const BURST: readonly EventKind[] = ['call', 'reservation', 'guest-message', 'call'];
const PATIENCE_MS = 120_000;

interface Delay {
  readonly kind: EventKind;
  /** Milliseconds; undefined where it was accepted and never found. */
  readonly ms: number | undefined;
}

interface Steadily {
  readonly seconds: number;
  /** Seconds that the events of one second are spread over. */
  readonly pace: number;
  /** Number of the first event, so that none is of an earlier run. */
  readonly from: number;
}

async function runSteadily(stack: FreshStack, { seconds, pace, from }: Steadily): Promise<readonly Delay[]> {
  // Spread over the second, so that reservations do not come together.
  const order = [...EACH_SECOND.keys()].toSorted((left, right) => ((left * 7) % 20) - ((right * 7) % 20));
  const kinds = Array.from({ length: seconds / pace }, () => order.flatMap(index => EACH_SECOND[index] ?? [])).flat();
  const { delays } = await run(stack, numbered(kinds, from), (1000 * pace) / EACH_SECOND.length);
  return delays;
}

interface Burst {
  readonly delays: readonly Delay[];
  readonly acceptedMs: number;
}

async function runBurst(stack: FreshStack): Promise<Burst> {
  const kinds = Array.from({ length: BURST_EVENTS }, (_, index) => BURST[index % BURST.length] ?? 'call');
  return run(stack, numbered(kinds, 10_000), 1000 / BURST_EVENTS);
}

const numbered = (kinds: readonly EventKind[], from: number) =>
  kinds.map((kind, index) => ({ kind, number: from + index }));

/** Starts one event every `everyMs`, whatever became of those before it. */
async function run(
  { file, world }: FreshStack,
  planned: readonly { readonly kind: EventKind; readonly number: number }[],
  everyMs: number,
): Promise<Burst> {
  const reservations = planned.filter(({ kind }) => kind === 'reservation').map(({ number }) => number);
  await fillGuesty(reservations, world, file);
  const events = planned.map(({ kind, number }) => vendorEvent(kind, number, world, file));
  const watch = watchIndex(file.components.qdrant);
  const acceptedAt = new Map<VendorEvent, number>();
  const since = performance.now();
  await Promise.all(
    events.map(async (event, index) => {
      await pause(index * everyMs);
      watch.await(event.docKey, event.lastWords);
      await event.deliver();
      acceptedAt.set(event, performance.now());
    }),
  );
  const acceptedMs = performance.now() - since;
  await watch.finish(PATIENCE_MS);
  const delays = events.map(event => {
    const found = watch.foundAt.get(event.docKey);
    return { kind: event.kind, ms: found === undefined ? undefined : found - (acceptedAt.get(event) ?? found) };
  });
  return { delays, acceptedMs };
}

const secondsOf = (delays: readonly Delay[], wanted: (kind: EventKind) => boolean): number[] =>
  delays.filter(({ kind }) => wanted(kind)).map(({ ms }) => (ms ?? Number.POSITIVE_INFINITY) / 1000);
const isHydrated = (kind: EventKind): boolean => kind === 'reservation';

const halfMeasures = (delays: readonly Delay[]): Measure[] => [
  {
    what: `at half the rate (${delays.length}), p95`,
    measured: seconds(p95(secondsOf(delays, () => true))),
  },
];

function steadyMeasures(delays: readonly Delay[]): Measure[] {
  const [plain, hydrated] = [secondsOf(delays, kind => !isHydrated(kind)), secondsOf(delays, isHydrated)];
  return [
    { what: `calls and messages (${plain.length}), p50`, measured: seconds(p50(plain)) },
    atMost(`calls and messages (${plain.length}), p95`, p95(plain), 2.5, seconds),
    { what: `reservations, hydrated (${hydrated.length}), p50`, measured: seconds(p50(hydrated)) },
    atMost(`reservations, hydrated (${hydrated.length}), p95`, p95(hydrated), 3.5, seconds),
  ];
}

function burstMeasures({ delays, acceptedMs }: Burst): Measure[] {
  const lost = delays.filter(({ ms }) => ms === undefined).length;
  return [
    atMost(`lost of a burst of ${delays.length}`, lost, 0, String),
    { what: 'burst, all accepted', measured: `after ${seconds(acceptedMs / 1000)}` },
    { what: 'burst, last searchable', measured: `after ${seconds(Math.max(...secondsOf(delays, () => true)))}` },
  ];
}

/** Latency under load follows from processor time: what one event costs is what the machine can be asked for. */
function limitOf(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>, events: number): string {
  const costs = [...after]
    .map(([name, used]) => ({ name, ms: ((used - (before.get(name) ?? 0)) * 1000) / events }))
    .sort((left, right) => right.ms - left.ms);
  const total = costs.reduce((sum, { ms }) => sum + ms, 0);
  const largest = costs.slice(0, 5).map(({ name, ms }) => `${name} ${milliseconds(ms)}`);
  const rate = Math.floor((availableParallelism() * 1000) / total);
  return (
    `processor time, ${milliseconds(total)} for each steady event (${largest.join(', ')}): at most ${rate} events/s on ` +
    `${availableParallelism()} processors with nothing else to do`
  );
}
