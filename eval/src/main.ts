import { readFileSync, writeFileSync } from 'node:fs';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { CLASSES } from './ask/classes.ts';
import { failureLines, reportLines } from './report/print-report.ts';
import { scoreOf } from './report/score.ts';
import { findFalls, findRises, raise, Thresholds } from './report/thresholds.ts';
import { runEvaluation } from './run-evaluation.ts';
import { chosenParts } from './run-parts.ts';
import { SEED } from './seed.ts';

/** `./dev eval`: asks the assistant every question of a seeded world, and compares what it posts with what is true. */
const HELP = `Usage: ./dev eval [--seed NUMBER] [--class NAME] [--failures] [--held-back] [--json] [--raise]
                  [--embedder hash|local] [--without-model]

Makes a company of its own (homes in four zones over two changes of clock, bookings, calls, messages, chat), asks the
assistant more than a thousand questions about it in this process, reads its posted answers back and compares them with
the truth. A third of the phrasings is held back from tuning and reported apart. A naive assistant (embed, five nearest
texts) answers the same questions beside it. Exits 1 when a class falls below its threshold
(eval/thresholds.json), which holds without a model and with hashed words as vectors.
  --seed NUMBER     another world and other fillings of the same phrasings; compared with no threshold (${SEED})
  --class NAME      only this class; compared with no threshold
  --failures        every wrong answer with its question, plan and truth, but those to phrasings held back
  --held-back       with --failures: those, too; whoever has seen them tunes by them
  --json            the outcome of every question, one object a line, instead of the tables
  --raise           writes higher thresholds where they are reached; none is ever lowered
  --embedder KIND   hash: the same everywhere (default); local: a real English model on this machine
  --without-model   code alone, although GROQ_API_KEY is set
With GROQ_API_KEY set, free questions go to the real model.`;

const THRESHOLDS = new URL('../thresholds.json', import.meta.url);

const { values } = readArguments(HELP, {
  options: {
    seed: { type: 'string' },
    class: { type: 'string' },
    failures: { type: 'boolean' },
    'held-back': { type: 'boolean' },
    json: { type: 'boolean' },
    raise: { type: 'boolean' },
    embedder: { type: 'string', default: 'hash' },
    'without-model': { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? SEED);
const className = values.class;
const wrongArgument = problemWith();
if (wrongArgument === undefined) process.exitCode = await evaluate();
else {
  console.error(`${wrongArgument}\n\n${HELP}`);
  process.exitCode = 2;
}

function problemWith(): string | undefined {
  if (!Number.isSafeInteger(seed) || seed < 0) return '--seed takes a whole number.';
  if (values.embedder !== 'hash' && values.embedder !== 'local') return '--embedder takes hash or local.';
  const names = [...new Set(CLASSES.map(({ name }) => name))];
  if (className !== undefined && !names.includes(className)) return `--class takes one of: ${names.join(', ')}.`;
  return undefined;
}

async function evaluate(): Promise<number> {
  const embedder = values.embedder === 'local' ? 'local' : 'hash';
  const parts = await chosenParts({ embedder, withoutModel: values['without-model'] }, process.env);
  const startedMs = performance.now();
  const { outcomes } = await runEvaluation({ seed, ...parts, ...(className === undefined ? {} : { className }) });
  await parts.close();
  const score = scoreOf(outcomes);
  if (values.json) {
    for (const outcome of outcomes)
      console.log(JSON.stringify(outcome, (_, value: unknown) => (value instanceof RegExp ? value.source : value)));
  } else {
    const shown = outcomes.filter(({ asked }) => values['held-back'] === true || !asked.isHeldBack);
    if (values.failures) for (const line of failureLines(shown)) console.log(line);
    const phrasings = new Set(outcomes.map(({ asked }) => asked.phrasing)).size;
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
    console.log(`\nseed ${seed}: ${outcomes.length} questions in ${phrasings} phrasings, ${seconds} s`);
    for (const remark of parts.remarks) console.log(`· ${remark}`);
    for (const line of ['', ...reportLines(score, outcomes)]) console.log(line);
  }
  if (seed !== SEED || className !== undefined || !parts.isDeterministic) return 0;
  const thresholds = Thresholds.parse(JSON.parse(readFileSync(THRESHOLDS, 'utf8')));
  if (values.raise) writeFileSync(THRESHOLDS, `${JSON.stringify(raise(thresholds, score), undefined, 2)}\n`);
  const falls = findFalls(values.raise ? raise(thresholds, score) : thresholds, score);
  const say = values.json ? console.error : console.log;
  if (!values.raise) for (const rise of findRises(thresholds, score)) say(`↑ ${rise}`);
  for (const fall of falls) say(`✗ ${fall}`);
  return falls.length === 0 ? 0 : 1;
}
