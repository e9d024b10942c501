import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { heldBackClasses } from '../workers/llm-query/src/understand/__fixtures__/classes-held-back.ts';
import { tunedClasses } from '../workers/llm-query/src/understand/__fixtures__/classes-tuned.ts';
import { tunedLanguages } from '../workers/llm-query/src/understand/__fixtures__/classes-tuned-languages.ts';
import { heldBackPhrasings } from '../workers/llm-query/src/understand/__fixtures__/phrasings-held-back.ts';
import { tunedPhrasings } from '../workers/llm-query/src/understand/__fixtures__/phrasings-tuned.ts';
import { homes, words } from '../workers/llm-query/src/understand/__fixtures__/world.ts';
import { tokenise } from '../workers/llm-query/src/understand/tokens.ts';
import { understand } from '../workers/llm-query/src/understand/understand.ts';
import { atMost, type Bench, milliseconds, times } from './bench.ts';
import { p50, p95 } from './percentile.ts';

const warmMsMax = 1;
const coldMsMax = 100;
const rounds = 40;
const coldStarts = 7;
const phrasings = [...tunedPhrasings, ...heldBackPhrasings, ...tunedClasses, ...tunedLanguages, ...heldBackClasses];

/** A company with a few hundred homes, each with its own name. */
const manyHomes = Array.from({ length: 300 }, (_, index) => {
  const home = homes[index % homes.length];
  if (!home) throw new Error('the world has no homes');
  const nickname = `${home.nickname ?? ''} ${index < homes.length ? '' : index}`.trim();
  return { ...home, listingId: `${home.listingId}-${index}` as typeof home.listingId, nickname };
});

/** Milliseconds of every run but the first round's, which warms up. */
function measure(run: (phrasing: (typeof phrasings)[number]) => unknown): number[] {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const phrasing of phrasings) {
      const started = performance.now();
      run(phrasing);
      if (round > 0) taken.push(performance.now() - started);
    }
  }
  return taken;
}

/** Loading and first question in a fresh process, of one bundled file as a Worker loads it; the process's own start aside. */
function coldMs(bundle: string): number {
  const script = `
    const { understand, homes, words, askedAt } = await import(${JSON.stringify(bundle)});
    understand({ text: 'was hat der Gast über die Heizung gesagt?', askedAt, homes, words });
    console.log(performance.now() - globalThis.started);`;
  const source = `globalThis.started = performance.now();${script}`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', source], { encoding: 'utf8' }));
}

async function bundled(folder: string): Promise<string> {
  const outfile = join(folder, 'understand.mjs');
  const at = (path: string): string =>
    fileURLToPath(new URL(`../workers/llm-query/src/understand/${path}`, import.meta.url));
  const contents = `export * from ${JSON.stringify(at('understand.ts'))}; export * from ${JSON.stringify(at('__fixtures__/world.ts'))};`;
  const stdin = { contents, resolveDir: folder };
  await build({ stdin, outfile, bundle: true, minify: true, format: 'esm', logLevel: 'error' });
  return outfile;
}

/** The floor in the same run is splitting the same text into words, which every way of reading it has to do. */
export const understanding: Bench = {
  async run(tell) {
    const input = ({ text, askedAt, context }: (typeof phrasings)[number]) => ({
      text,
      askedAt,
      words,
      ...(context ? { context } : {}),
    });
    const floor = measure(({ text }) => tokenise(text));
    const few = measure(phrasing => understand({ ...input(phrasing), homes }));
    const many = measure(phrasing => understand({ ...input(phrasing), homes: manyHomes }));
    tell(`${phrasings.length} phrasings, ${rounds} rounds`);
    const colds = await measureColdStarts();
    return {
      measures: [
        { what: 'floor: split into words, p95', measured: milliseconds(p95(floor)) },
        atMost(`plan, ${homes.length} homes, p95`, p95(few), warmMsMax, milliseconds),
        atMost(`plan, ${manyHomes.length} homes, p95`, p95(many), warmMsMax, milliseconds),
        atMost('first question of a process, median', p50(colds), coldMsMax, milliseconds),
      ],
      limitedBy: `matching words against home names: ${times(p95(many) / p95(few))} the time for ${manyHomes.length} homes; cold, loading the schema library and the first use of Intl`,
    };
  },
};

async function measureColdStarts(): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-bench-'));
  try {
    const bundle = await bundled(folder);
    return Array.from({ length: coldStarts }, () => coldMs(bundle));
  } finally {
    await rm(folder, { recursive: true });
  }
}
