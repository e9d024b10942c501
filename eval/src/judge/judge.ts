import type { Asked } from '../ask/asked.ts';
import type { Posted } from '../assistant/assistant.ts';
import type { Days } from '../world/calendar.ts';
import type { World } from '../world/world.ts';
import { judgeStays } from './judge-stays.ts';
import { type ReadAnswer, readAnswer } from './read-answer.ts';
import { allOf, RIGHT, unless, type Verdict, wrong } from './verdict.ts';

/** A posted answer against the truth: exact, or wrong with a reason. Pure. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Whether the days it speaks of are the days meant; undefined where the question has none. */
  readonly areDaysRight: boolean | undefined;
  readonly refused: boolean;
  /** Documents that were cited for a free answer. */
  readonly cited: readonly string[];
}

export function judge(asked: Asked, posted: Posted, world: World): Judgement {
  const answer = readAnswer(posted.text, world, new Date(asked.atMs).toISOString().slice(0, 4));
  const days = 'days' in asked.truth ? asked.truth.days : undefined;
  const areDaysRight = days === undefined ? undefined : areMeant(days, answer);
  return {
    verdict: allOf(
      judgeTruth(asked, answer, posted),
      unless(areDaysRight !== false, `speaks of other days than ${shown(days)}`),
    ),
    areDaysRight,
    refused: answer.saysDontKnow,
    cited: asked.truth.kind === 'quotes' && !answer.saysDontKnow ? posted.sourceKeys : [],
  };
}

const shown = (days: readonly Days[] = []): string => days.map(({ from, to }) => `${from} to ${to}`).join(' or ');

const areMeant = (days: readonly Days[], { headingDays }: ReadAnswer): boolean =>
  days.some(({ from, to }) => headingDays?.from === from && headingDays.to === to);

function judgeTruth({ truth, scope }: Asked, answer: ReadAnswer, posted: Posted): Verdict {
  switch (truth.kind) {
    case 'stays':
      return judgeStays(truth.rows, answer, scope === 'operations');
    case 'count':
      return judgeCount(truth.count, truth.unit, answer);
    case 'free': {
      const free = truth.of.filter(home =>
        answer.lines.some(line => line.homes.includes(home) && / · free\b/u.test(line.text)),
      );
      return allOf(
        unless(
          free.join() === truth.homes.join(),
          `calls ${free.join(', ') || 'no home'} free, expected ${truth.homes.join(', ') || 'none'}`,
        ),
        unless(free.length > 0 || answer.saysNobody, 'expected none to be said'),
      );
    }
    case 'yes_no':
      return unless(
        new RegExp(`\\b${truth.yes ? 'yes' : 'no'}\\b`, 'u').test(answer.heading),
        `expected ${truth.yes ? 'yes' : 'no'}`,
      );
    case 'says':
      return judgeWords(truth, answer);
    case 'lines':
      return judgeLines(truth.lines, answer);
    case 'ask_back':
      return allOf(
        unless(answer.asksBack, 'expected to be asked back'),
        ...truth.choices.map(choice => unless(answer.text.includes(choice), `${choice} is not among the choices`)),
      );
    case 'nobody':
      return allOf(
        unless(
          /^nobody called|^I know no home called|^No home/iu.test(answer.text),
          'expected to hear that there is none',
        ),
        ...(truth.words ?? []).map(words => unless(words.test(answer.text), `does not say ${words.source}`)),
      );
    case 'not_shown':
      return unless(/not shown in chat/u.test(answer.text), 'expected "not shown in chat"');
    case 'quotes':
      return allOf(
        unless(!answer.saysDontKnow, 'says it does not know'),
        unless(
          posted.sourceKeys.some(key => truth.keys.includes(key)),
          `cites none of ${truth.keys.join(', ')}`,
        ),
        unless(answer.text.toLowerCase().includes(truth.words), `does not quote "${truth.words}"`),
      );
    case 'dont_know':
      return unless(
        answer.saysDontKnow && /Searched: /u.test(answer.text),
        'expected "I don\'t know" and what was searched',
      );
    case 'short_reply':
      return allOf(
        unless(
          answer.text.trim() !== '' && answer.text.length <= truth.charactersMax,
          `${answer.text.length} characters`,
        ),
        unless(
          !/\b(?:Error|undefined|null|NaN|at \S+\.ts)\b/u.test(answer.text),
          'looks like a failure of the program',
        ),
      );
  }
}

/** The number stands in the heading before one of the names of what is counted; none is said as nobody. */
function judgeCount(count: number, unit: RegExp, answer: ReadAnswer): Verdict {
  const counts = [...answer.heading.matchAll(/(\d+)(?: of \d+)? ([a-z-]+)/gu)].filter(([, , word = '']) =>
    unit.test(word),
  );
  if (counts.length === 0)
    return unless(count === 0 && answer.saysNobody, `no number of ${unit.source}, expected ${count}`);
  return unless(
    counts.some(([, number]) => Number(number) === count),
    `says ${counts[0]?.[0]}, expected ${count}`,
  );
}

function judgeWords(
  truth: { words: readonly RegExp[]; never?: readonly RegExp[]; codes?: readonly string[] },
  answer: ReadAnswer,
): Verdict {
  const codes = new Set(answer.text.match(/\bHM[A-Z]\d{4,}\b/gu));
  return allOf(
    ...truth.words.map(words => unless(words.test(answer.text), `does not say ${words.source}`)),
    ...(truth.never ?? []).map(words => unless(!words.test(answer.text), `says ${words.source}`)),
    ...(truth.codes ?? []).map(code => unless(codes.has(code), `does not name ${code}`)),
    truth.codes === undefined
      ? RIGHT
      : unless(
          [...codes].every(code => truth.codes?.includes(code)),
          `names ${[...codes].join(', ')}`,
        ),
  );
}

function judgeLines(expected: readonly (readonly string[])[], answer: ReadAnswer): Verdict {
  if (expected.length === 0) return unless(answer.saysNobody && answer.lines.length === 0, 'expected none');
  const left = new Set(answer.lines);
  for (const words of expected) {
    const line = [...left].find(({ text }) => words.every(word => text.includes(word)));
    if (line === undefined) return wrong(`no line with ${words.join(', ')}`);
    left.delete(line);
  }
  return unless(left.size === 0, `${left.size} lines too many`);
}
