import type { CostLine } from '../cost/monthly-cost.ts';
import type { Step } from './steps.ts';

/** The steps as the guide shows them: a heading, what to know, what to type, how to see that it worked. Markdown. */
export function renderSteps(steps: readonly Step[]): string {
  return steps.map((step, index) => renderStep(step, index + 1)).join('\n');
}

function renderStep(step: Step, number: number): string {
  const { title, minutes, text, commands, waits = [], done, startsToCost = [] } = step;
  const cost =
    startsToCost.length === 0
      ? ''
      : ` From here on ${listed(startsToCost)} cost${startsToCost.length === 1 ? 's' : ''} money.`;
  const typed = commands.length === 0 ? [] : ['```', ...commands, '```', ''];
  return [
    `### ${number}. ${title} (${minutes} minutes)`,
    '',
    `${text}${cost}`,
    '',
    ...typed,
    ...(waits.length === 0 ? [] : ['Waits for others:', '', ...waits.map(wait => `- ${wait}.`), '']),
    `Done when: ${done}.`,
    '',
  ].join('\n');
}

export interface EnvironmentCost {
  readonly environment: string;
  readonly lines: readonly CostLine[];
}

const VENDORS = ['Hetzner', 'Cloudflare', 'Google', 'Qdrant', 'Groq'] as const;

/** Vendors down, environments across. A price that is not known here is said, not left out. */
export function renderCosts(costs: readonly EnvironmentCost[]): string {
  const rows = VENDORS.map(
    vendor => `| ${vendor} | ${costs.map(cost => vendorCost(cost.lines, vendor)).join(' | ')} |`,
  );
  return [
    `| a month, net | ${costs.map(({ environment }) => environment).join(' | ')} |`,
    `| --- | ${costs.map(() => '--- |').join(' ')}`,
    ...rows,
  ].join('\n');
}

function vendorCost(lines: readonly CostLine[], vendor: CostLine['vendor']): string {
  const own = lines.filter(line => line.vendor === vendor);
  const known = own.filter(line => line.amount !== undefined);
  const sum = known.reduce((total, { amount = 0 }) => total + amount, 0);
  const currency = known[0]?.currency;
  if (currency === undefined) return 'by its package';
  return `${sum.toFixed(2)} ${currency}${known.length < own.length ? ' and what is not known here' : ''}`;
}

/** Between the two markers of a table; undefined where the text has no place for it. */
export function replaceBetween(text: string, name: string, body: string): string | undefined {
  const open = `<!-- ${name}: written by packages/bring-up -->`;
  const close = `<!-- end of ${name} -->`;
  const from = text.indexOf(open);
  const to = text.indexOf(close);
  if (from === -1 || to < from) return undefined;
  return `${text.slice(0, from + open.length)}\n\n${body.trim()}\n\n${text.slice(to)}`;
}

const listed = (words: readonly string[]): string => new Intl.ListFormat('en').format(words);
