import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';
import { printReport } from './print-report.ts';

/** `pnpm bench`: how fast and how large the product is against its budgets, on this machine, in one run. */
interface Entry {
  readonly summary: string;
  /** Only what runs is loaded: where a stack is weighed, this process is part of it. */
  readonly load: () => Promise<Bench>;
}

const BENCHES: Readonly<Record<string, Entry>> = {
  understand: {
    summary: 'question → plan, in a warm process and as the first question of a fresh one',
    load: async () => (await import('./understand.ts')).understanding,
  },
  bundles: {
    summary: 'what each Worker weighs, minified and compressed',
    load: async () => (await import('./bundles.ts')).bundles,
  },
  accept: {
    summary: 'accepting a webhook against an empty Worker that only sends to the same queue',
    load: async () => (await import('./accept.ts')).accept,
  },
  answer: {
    summary: 'question → posted without model against its own reads and writes; ready time and memory of the stack',
    load: async () => (await import('./answer.ts')).answer,
  },
  chat: {
    summary: 'said, edited, deleted or removed in the team chat → what the assistant goes by (1 min)',
    load: async () => (await import('./chat.ts')).chat,
  },
  fusion: {
    summary: 'weightings of meaning against words on labelled questions, with the local English embedder',
    load: async () => (await import('./fusion.ts')).fusion,
  },
  listener: {
    summary: 'the change-stream listener against the bare cursor of the driver: cost, rate, memory, delay (1 min)',
    load: async () => (await import('./listener.ts')).listener,
  },
  searchable: {
    summary: 'accepted webhook → searchable at 20 events/s, and whether a burst of 500 loses any (2 min)',
    load: async () => (await import('./searchable.ts')).searchable,
  },
  vault: {
    summary: 'restic through the backup vault against the bucket without one and a folder (1 min)',
    load: async () => (await import('./vault.ts')).vault,
  },
};

const HELP = `Usage: pnpm bench NAME... [--strict]

${Object.entries(BENCHES)
  .map(([name, { summary }]) => `  ${name.padEnd(11)} ${summary}`)
  .join('\n')}
  all         every one of them, one after the other

Prints a table with each budget and what was measured. Exits 0 also where a budget is missed, unless --strict.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { strict: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
});
const names = positionals.includes('all') ? Object.keys(BENCHES) : positionals;
const unknown = names.filter(name => BENCHES[name] === undefined);
if (values.help) console.log(HELP);
else if (names.length === 0 || unknown.length > 0) {
  console.error(unknown.length > 0 ? `There is no benchmark ${unknown.join(', ')}.\n\n${HELP}` : HELP);
  process.exitCode = 2;
} else process.exitCode = await runBenches(names);

async function runBenches(chosen: readonly string[]): Promise<number> {
  let missed = 0;
  for (const name of chosen) {
    const load = loadavg()[0] ?? 0;
    console.log(`· ${name}: ${availableParallelism()} processors, load ${load.toFixed(2)} before`);
    const bench = await BENCHES[name]?.load();
    const report = await bench?.run(line => console.log(`· ${line}`));
    if (report === undefined) continue;
    printReport(name, report);
    missed += report.measures.filter(({ budget }) => budget?.kept === false).length;
  }
  return values.strict && missed > 0 ? 1 : 0;
}
