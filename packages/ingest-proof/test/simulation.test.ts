import { describe, expect, it } from 'vitest';
import { describeFlaws } from '../src/describe-verdict.ts';
import { CALLS, dependencyOf } from '../src/faults/fault-points.ts';
import { CODE_AS_IT_IS } from '../src/platform/worker-code.ts';
import { playSeeds } from '../src/play-seeds.ts';
import { simulate } from '../src/simulate.ts';
import { WRONG_VARIANTS } from '../src/wrong-variants.ts';

/** A slice of what `pnpm prove-ingest` plays. */
const SEEDS = [1, 2, 3, 4];
const EVENTS = 12_500;
const SLICE_LIMIT_MS = 300_000;

it(
  'of 50,000 webhooks none is lost and none takes effect twice, and in the end every record says what its vendor says',
  async () => {
    const played = await playSeeds({ seeds: SEEDS.map(seed => ({ seed, events: EVENTS })), threads: 2 });

    expect(played.flatMap(({ report }) => report).join('\n')).toBe('');
    // That much did happen.
    const hits = new Set(played.flatMap(one => one.hits.map(([point]) => point)));
    for (const call of CALLS.filter(one => one !== 'vendor_token')) expect([...hits]).toContain(`${call}:refused`);
    for (const dependency of Object.values(dependencyOf)) expect([...hits]).toContain(`outage:${dependency}`);
    for (const { figures } of played) {
      expect(figures.events).toBeGreaterThanOrEqual(EVENTS);
      expect(figures.effects).toBe(figures.states);
      expect(figures.requests).toBeGreaterThan(EVENTS * 1.08);
      expect(figures.spoilt).toBeGreaterThan(EVENTS * 0.007);
      expect(figures.healed).toBeGreaterThan(20);
      expect(figures.deaths).toBeGreaterThan(50);
      expect(figures.parked).toBeGreaterThan(0);
    }
  },
  SLICE_LIMIT_MS,
);

it('tells the same story again', async () => {
  const story = async (): Promise<string> => (await simulate({ seed: 7, events: 800 })).chronicle.digest();
  expect(await story()).toBe(await story());
});

describe('the judge', () => {
  it.each(Object.entries(WRONG_VARIANTS))('finds out code that %s', async (_name, variant) => {
    const { code, breaks, within, withholds, haste } = variant;
    const { flaws } = await simulate({ seed: 1, events: within, code, withholds, haste });
    expect(flaws.map(({ promised }) => promised)).toContain(breaks);
  });

  it.each([
    ['where gaps are looked for', { looksForGaps: true, withholds: true }],
    ['where nobody looks and nothing is withheld', { looksForGaps: false, withholds: false }],
  ])('finds nothing out in the same hours with the code as it is, %s', async (_where, { looksForGaps, withholds }) => {
    const { flaws } = await simulate({ seed: 1, events: 1_500, code: { ...CODE_AS_IT_IS, looksForGaps }, withholds });
    expect(flaws).toEqual([]);
  });

  it('tells the life of what it found, and how to play it again', async () => {
    const variant = WRONG_VARIANTS['compares by time of receipt instead of the vendor’s version'];
    const simulation = { seed: 1, events: 600, ...(variant === undefined ? {} : { code: variant.code }) };
    const lines = await describeFlaws(await simulate(simulation), simulation);
    expect(lines.join('\n')).toMatch(/the life of .*\n.* vendor: .*\n[^]* store: state \d+ written, by webhook/u);
    expect(lines.at(-1)).toBe('  again: pnpm prove-ingest --seed 1 --events 600');
  });
});
