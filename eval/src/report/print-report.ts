import { FREE_CLASSES } from '../ask/classes.ts';
import type { Outcome } from '../run-evaluation.ts';
import { p50, p95 } from './percentile.ts';
import { citationF1, type Measures, type Score, type Share, sumOf, valueOf } from './score.ts';

/** A run as tables for people. Pure: the lines to print. */
const percent = (value: number): string => (Number.isNaN(value) ? '-' : `${(value * 100).toFixed(1)}%`);
const shown = (share: Share): string => (share.of === 0 ? '-' : `${percent(valueOf(share))} of ${share.of}`);

export function reportLines(score: Score, outcomes: readonly Outcome[]): string[] {
  const structured = score.classes.filter(({ name }) => !FREE_CLASSES.has(name));
  const all = (classes: typeof score.classes, part: 'tuned' | 'heldBack' | 'baseline'): string =>
    shown(sumOf(classes.map(one => one[part])));
  return [
    ...table([
      ['exact match', 'tuned', 'held back', 'naive top 5'],
      ...score.classes.map(({ name, tuned, heldBack, baseline }) => [
        name,
        shown(tuned),
        shown(heldBack),
        shown(baseline),
      ]),
      ['all structured classes', all(structured, 'tuned'), all(structured, 'heldBack'), all(structured, 'baseline')],
      ['all classes', all(score.classes, 'tuned'), all(score.classes, 'heldBack'), all(score.classes, 'baseline')],
    ]),
    '',
    ...table([['language', 'exact match'], ...score.languages.map(({ name, share }) => [name, shown(share)])]),
    '',
    ...table([['measure', 'assistant', 'naive top 5'], ...measureRows(score.assistant, score.baseline)]),
    '',
    ...table([['milliseconds', 'p50', 'p95'], ...stepRows(outcomes)]),
  ];
}

const measureRows = (assistant: Measures, baseline: Measures): string[][] => [
  ['days right', shown(assistant.dates), shown(baseline.dates)],
  ['refusals that are right (precision)', shown(assistant.refusalPrecision), shown(baseline.refusalPrecision)],
  ['refused of what nobody knows (recall)', shown(assistant.refusalRecall), shown(baseline.refusalRecall)],
  ['refused though there is an answer', shown(assistant.falseRefusals), shown(baseline.falseRefusals)],
  ['citations that say it (precision)', shown(assistant.citationPrecision), shown(baseline.citationPrecision)],
  ['documents that say it and are cited (recall)', shown(assistant.citationRecall), shown(baseline.citationRecall)],
  ['citation F1', percent(citationF1(assistant)), percent(citationF1(baseline))],
  ['leaks', String(assistant.leaks), String(baseline.leaks)],
];

function stepRows(outcomes: readonly Outcome[]): string[][] {
  const steps = [...new Set(outcomes.flatMap(({ posted }) => Object.keys(posted.stepMs)))];
  return steps.map(step => {
    const took = outcomes.flatMap(({ posted }) => posted.stepMs[step] ?? []);
    return [step, p50(took).toFixed(2), p95(took).toFixed(2)];
  });
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => (row[column] ?? '').length)));
  return rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** What was asked, what was posted and what is true, for every question that went wrong. */
export const failureLines = (outcomes: readonly Outcome[]): string[] =>
  outcomes
    .filter(({ judgement, leaks }) => !judgement.verdict.isRight || leaks.length > 0)
    .flatMap(({ asked, posted, judgement, leaks }) => [
      '',
      `${asked.className}, ${asked.language}${asked.isHeldBack ? ', held back' : ''} · ${new Date(asked.atMs).toISOString()}`,
      ...asked.before.map(text => `  before:   ${text}`),
      `  question: ${asked.text.slice(0, TEXT_CHARACTERS_MAX)}`,
      `  plan:     ${posted.planKind}`,
      `  wrong:    ${judgement.verdict.isRight ? '' : judgement.verdict.because}${leaks.length === 0 ? '' : ` leaks ${leaks.length}`}`,
      ...posted.text
        .slice(0, TEXT_CHARACTERS_MAX)
        .split('\n')
        .map(line => `  answer:   ${line}`),
      `  truth:    ${truthInWords(asked.truth).slice(0, TEXT_CHARACTERS_MAX)}`,
    ]);

const TEXT_CHARACTERS_MAX = 1_200;

const truthInWords = (truth: object): string =>
  JSON.stringify(truth, (_, value: unknown) => (value instanceof RegExp ? value.source : value));
