import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { progressBar } from '@innkeeper/local-stack/cli/progress-bar';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { addFigures, describeFigures, describeHits, describeVerdict } from './describe-verdict.ts';
import { playSeeds } from './play-seeds.ts';

/** `pnpm prove-ingest`: whatever dies, refuses, doubles or comes late, every webhook takes effect once, and in the end all is true. */
const EVENTS = 25_000;
const SEEDS = 40;

const HELP = `Usage: pnpm prove-ingest [--events NUMBER] [--seed NUMBER] [--seeds NUMBER] [--threads NUMBER] [--report]

Plays hours of two vendors and their webhooks on the code of both webhook Workers, in virtual time: a tenth doubled, a
tenth out of order, a hundredth corrupt, some withheld; processes die between any two steps, and the queue, the bucket,
Firestore, the gate and the vendors' APIs fail one call at a time and altogether. Then it compares every delivery and
every record with what the vendors have. Exits 1 when anything was lost, doubled or untrue; then it prints the life of
the thing concerned, and how to play it again.
  --events NUMBER   webhooks for each seed (${EVENTS})
  --seed NUMBER     the first seed; the others follow it
  --seeds NUMBER    how many (${SEEDS}, together a million webhooks; 1 where --seed is given)
  --threads NUMBER  seeds that are played side by side (one for each core); changes no story
  --report          also prints how often each fault struck`;

const { values } = readArguments(HELP, {
  options: {
    events: { type: 'string' },
    seed: { type: 'string' },
    seeds: { type: 'string' },
    threads: { type: 'string' },
    report: { type: 'boolean' },
  },
});
const events = Number(values.events ?? EVENTS);
const first = Number(values.seed ?? randomInt(1, 1_000_000));
const seeds = Number(values.seeds ?? (values.seed === undefined ? SEEDS : 1));
const threads = Number(values.threads ?? availableParallelism());
const isCount = (number: number): boolean => Number.isSafeInteger(number) && number >= 1;
if (![events, seeds, threads].every(isCount) || !Number.isSafeInteger(first)) {
  console.error('All of them take whole numbers; all but --seed at least 1.');
  process.exitCode = 2;
} else process.exitCode = await prove();

async function prove(): Promise<number> {
  console.log(`· seeds ${first} to ${first + seeds - 1}, ${events.toLocaleString('en-GB')} webhooks each`);
  const bar = progressBar(events * seeds, 'webhooks');
  const startedMs = performance.now();
  const played = await playSeeds({
    seeds: Array.from({ length: seeds }, (_, index) => ({ seed: first + index, events })),
    threads,
    onProgress: more => bar.advance(more),
    onPlayed: ({ report }) => {
      for (const line of report) console.error(line);
    },
  });
  bar.end();
  if (values.report) for (const line of describeHits(played.flatMap(({ hits }) => hits))) console.log(line);
  const figures = addFigures(played.map(one => one.figures));
  const flawed = played.filter(({ report }) => report.length > 0).length;
  for (const line of describeFigures(figures, (performance.now() - startedMs) / 1_000)) console.log(line);
  console.log(describeVerdict(figures, seeds, flawed));
  return flawed === 0 ? 0 : 1;
}
