import type { Flaw, Promised } from './judge/flaw.ts';
import { type Figures, type Simulated, type Simulation, simulate } from './simulate.ts';

/** What a run found, for people. */
const tell = (number: number): string => number.toLocaleString('en-GB');

/** All flaws by promise, the life of the first thing concerned, and the command that plays it again. */
export async function describeFlaws(
  { flaws }: Pick<Simulated, 'flaws'>,
  simulation: Simulation,
): Promise<readonly string[]> {
  const byPromise = Map.groupBy(flaws, ({ promised }) => promised);
  const watched = flaws.find(({ about }) => about !== undefined)?.about;
  const life = watched === undefined ? [] : (await simulate({ ...simulation, watched })).chronicle.lines;
  return [
    `✗ seed ${simulation.seed}: ${[...byPromise].map(([promised, all]) => `${tell(all.length)} ${promised}`).join(', ')}`,
    ...[...byPromise].flatMap(([promised, all]) => listOf(promised, all)),
    ...(watched === undefined ? [] : [`  the life of ${watched}, by the clock of the simulation:`]),
    ...life.slice(-LINES_MAX).map(line => `    ${line}`),
    `  again: pnpm prove-ingest --seed ${simulation.seed} --events ${simulation.events}`,
  ];
}

const LINES_MAX = 200;
const FLAWS_MAX = 10;

const listOf = (promised: Promised, flaws: readonly Flaw[]): readonly string[] => [
  ...flaws.slice(0, FLAWS_MAX).map(({ text }) => `  ${promised}: ${text}`),
  ...(flaws.length > FLAWS_MAX ? [`  ${promised}: and ${tell(flaws.length - FLAWS_MAX)} more`] : []),
];

export function describeHits(hits: readonly (readonly [string, number])[]): readonly string[] {
  const sums = new Map<string, number>();
  for (const [point, count] of hits) sums.set(point, (sums.get(point) ?? 0) + count);
  return [...sums]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([point, count]) => `· ${point.padEnd(28)} ${tell(count)}`);
}

/** Sums, but for what is the slowest. */
export function addFigures(all: readonly Figures[]): Figures {
  const sum = (of: (figures: Figures) => number): number => all.reduce((total, figures) => total + of(figures), 0);
  return {
    events: sum(({ events }) => events),
    requests: sum(({ requests }) => requests),
    withheld: sum(({ withheld }) => withheld),
    spoilt: sum(({ spoilt }) => spoilt),
    effects: sum(({ effects }) => effects),
    states: sum(({ states }) => states),
    records: sum(({ records }) => records),
    parked: sum(({ parked }) => parked),
    deaths: sum(({ deaths }) => deaths),
    faults: sum(({ faults }) => faults),
    vendorCalls: sum(({ vendorCalls }) => vendorCalls),
    healed: sum(({ healed }) => healed),
    slowestHealingMs: Math.max(...all.map(({ slowestHealingMs }) => slowestHealingMs)),
    virtualHours: sum(({ virtualHours }) => virtualHours),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    untrue: sum(({ untrue }) => untrue),
  };
}

export function describeFigures(figures: Figures, seconds: number): readonly string[] {
  const { events, requests, spoilt, withheld, deaths, faults, vendorCalls, records, effects, states } = figures;
  return [
    `· ${tell(events)} webhooks (${tell(spoilt)} corrupt, ${tell(withheld)} withheld) in ${tell(requests)} requests and ` +
      `${tell(Math.round(figures.virtualHours))} hours of virtual time, in ${tell(Math.round(seconds))} s ` +
      `(${tell(Math.round(events / seconds))}/s)`,
    `· ${tell(faults)} calls failed, ${tell(deaths)} processes died; ${tell(vendorCalls)} calls of the vendors' APIs`,
    `· ${tell(records)} records in ${tell(states)} states by ${tell(effects)} effects; ${tell(figures.parked)} parked; ` +
      `${tell(figures.healed)} withheld ones found, the slowest after ${Math.ceil(figures.slowestHealingMs / 60_000)} min`,
  ];
}

export function describeVerdict({ lost, doubled, untrue }: Figures, seeds: number, flawed: number): string {
  const told = seeds === 1 ? '1 seed' : `${tell(seeds)} seeds`;
  return `${tell(lost)} lost, ${tell(doubled)} doubled, ${tell(untrue)} untrue in the end; ${told}, ${tell(flawed)} with flaws`;
}
