import { type ProcessStatus, readStackStatus } from '@innkeeper/local-stack/cli/stack-status';
import { answerFloors, type Floors } from './answer-floors.ts';
import { atMost, type Bench, type Measure, milliseconds, seconds } from './bench.ts';
import { type FreshStack, onFreshStack } from './fresh-stack.ts';
import { p50, p95 } from './percentile.ts';

/** From a question in the chat to its posted answer, where code writes it; and what the stack takes to be there. */
export const answer: Bench = {
  run: tell =>
    onFreshStack(tell, async stack => {
      const atFirst = await readStackStatus(stack.file, stack.running.home);
      const kinds = [];
      for (const kind of KINDS) {
        kinds.push({ ...kind, ...(await ask(stack, kind)) });
        tell(`${QUESTIONS} questions: ${kind.name}`);
      }
      const { memoryMiB, processes } = await readStackStatus(stack.file, stack.running.home);
      return {
        measures: [
          ...kinds.flatMap(measuresOf),
          atMost('stack, ready', stack.readyMs / 1000, 20, seconds),
          { what: 'stack, memory before the questions', measured: written(gigabytes(atFirst.memoryMiB)) },
          atMost('stack, memory after them (PSS, this process included)', gigabytes(memoryMiB), 1.8, written),
        ],
        limitedBy: kinds
          .map(
            ({ name, floors }) =>
              `${name}: ${(['embed', 'qdrant', 'firestore', 'post'] as const)
                .map(part => `${part} ${milliseconds(p50(floors.map(floor => floor[part])))}`)
                .join(', ')}`,
          )
          .concat(
            'beside these the webhook, the durable acceptance and its alarm, the room lookup and the token proxy',
            `memory: ${largest(processes)}`,
          )
          .join('; '),
      };
    }),
};

const written = (value: number): string => `${value.toFixed(2)} GB`;
const gigabytes = (mebibytes: number): number => (mebibytes * 2 ** 20) / 1e9;

const largest = (processes: readonly ProcessStatus[]): string =>
  processes
    .map(({ name, memoryMiB = 0 }) => ({ name, memoryMiB }))
    .sort((left, right) => right.memoryMiB - left.memoryMiB)
    .slice(0, 5)
    .map(({ name, memoryMiB }) => `${name} ${written(gigabytes(memoryMiB))}`)
    .join(', ');

const WARM_UP = 5;
const QUESTIONS = 40;
const KINDS = [
  { name: 'list', text: 'who is checking in today?', isSearch: false },
  // There are no text messages in this company, so a search of them ends without asking the model.
  { name: 'search', text: 'any texts about the heating?', isSearch: true },
] as const;
type QuestionKind = (typeof KINDS)[number];

interface Figures {
  readonly answerMs: readonly number[];
  readonly floors: readonly Floors[];
}

/** Question and floors take turns, so that what slows the machine slows both. */
async function ask(stack: FreshStack, kind: QuestionKind): Promise<Figures> {
  const measureFloors = answerFloors(stack);
  const answerMs: number[] = [];
  const floors: Floors[] = [];
  for (let number = 0; number < WARM_UP + QUESTIONS; number += 1) {
    const { messageId } = await stack.chat.ask({ text: kind.text });
    const took = await measureFloors.postedAfter(messageId);
    const floor = await measureFloors.measure(kind);
    if (number < WARM_UP) continue;
    answerMs.push(took);
    floors.push(floor);
  }
  return { answerMs, floors };
}

function measuresOf({ name, answerMs, floors }: QuestionKind & Figures): Measure[] {
  const sums = floors.map(({ embed, qdrant, firestore, post }) => embed + qdrant + firestore + post);
  const limit = 1.3 * p95(sums) + 30;
  return [
    { what: `${name}, sum of floors`, measured: `p50 ${milliseconds(p50(sums))}, p95 ${milliseconds(p95(sums))}` },
    { what: `${name}, question → posted, p50`, measured: milliseconds(p50(answerMs)) },
    atMost(`${name}, question → posted, p95`, p95(answerMs), limit, milliseconds),
  ];
}
