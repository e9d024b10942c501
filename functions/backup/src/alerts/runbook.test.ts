import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ALERT_CATALOGUE } from './alert-catalogue.ts';
import { FAILURE_CATALOGUE } from './failure-catalogue.ts';
import { METRICS, type Metric } from './metrics.ts';

const policyWords = ({ policy }: Metric): string => {
  if (policy === undefined) return '';
  const { when, threshold, windowMinutes, action } = policy;
  return when === 'absent'
    ? `none for ${windowMinutes} min: ${action}`
    : `above ${threshold} in ${windowMinutes} min: ${action}`;
};

const code = (names: readonly string[]): string => names.map(name => `\`${name}\``).join(', ');

describe('the README has, word for word,', () => {
  it.each([
    [
      'Alerts',
      '| alert | level | what it means | what to do |',
      Object.entries(ALERT_CATALOGUE).map(
        ([kind, { level, means, action }]) => `| \`${kind}\` | ${level} | ${means} | ${action} |`,
      ),
    ],
    [
      'Failures',
      '| reason | what happened | what to do | tried again by itself |',
      Object.entries(FAILURE_CATALOGUE).map(
        ([reason, { means, action, mayRetry }]) =>
          `| \`${reason}\` | ${means} | ${action} | ${mayRetry ? 'yes' : 'no'} |`,
      ),
    ],
    [
      'Metrics',
      '| metric | kind | unit | read from | labels | what it is for | policy |',
      Object.entries<Metric>(METRICS).map(([name, metric]) => {
        const { kind, unit, event, field, labels, purpose } = metric;
        const from = field === undefined ? `\`${event}\`` : `\`${event}\`, \`${field}\``;
        return `| \`${name}\` | ${kind} | \`${unit}\` | ${from} | ${code(labels)} | ${purpose} | ${policyWords(metric)} |`;
      }),
    ],
  ])('the table of %s', async (heading, head, rows) => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const section = readme.split(`\n## ${heading}\n`)[1]?.split(/\n##/u)[0] ?? '';

    expect(section.split('\n').filter(line => line.startsWith('|'))).toEqual([
      head,
      `|${' --- |'.repeat(head.split('|').length - 2)}`,
      ...rows,
    ]);
  });
});
