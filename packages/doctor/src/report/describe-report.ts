import { printable } from '@innkeeper/sync-app/terminal/table';
import type { Colors } from 'picocolors/types';
import { GROUPS } from './finding.ts';
import type { DoctorReport } from './report.ts';

type Shown = DoctorReport['findings'][number];

/** A report as a person reads it, coloured by whoever is given. Pure. */
export function describeReport(report: DoctorReport, colors: Colors): string {
  const { environment, askedAt, notes, counts, nextSteps } = report;
  const groups = GROUPS.map(group => ({
    group,
    findings: together(report.findings.filter(finding => finding.group === group)),
  })).filter(({ findings }) => findings.length > 0);
  const width = Math.max(0, ...groups.flatMap(({ findings }) => findings.map(({ title }) => title.length)));
  const marks = { well: colors.green('✓'), unwell: colors.red('✗'), not_asked: colors.yellow('–') };
  const line = ({ verdict, title, figure }: Shown): string =>
    `  ${marks[verdict]} ${printable(title).padEnd(width)}  ${printable(figure)}`;
  const steps = nextSteps.map(
    ({ urgency, step }, index) => `  ${index + 1}. ${urgency.replace('_', ' ')}: ${printable(step)}`,
  );
  const [first] = nextSteps;
  const begin =
    counts.well + counts.unwell === 0 && first !== undefined
      ? [`Nothing could be asked yet. ${printable(first.step)}`]
      : [];
  return [
    ...begin,
    `${environment}, ${askedAt.slice(0, 16).replace('T', ' ')} UTC`,
    ...notes.map(printable),
    ...groups.flatMap(({ group, findings }) => ['', colors.bold(group), ...findings.map(line)]),
    '',
    `${counts.well} well, ${counts.unwell} unwell, ${counts.notAsked} not asked.`,
    ...(steps.length === 0 ? [] : ['Next, most urgent first:', ...steps]),
    ...(nextSteps.some(({ step }) => NEEDS_ADDRESSES.test(step))
      ? [`Before ./dev backups, webhooks, reconcile, replay, rocketchat: ${exportsOf(environment)}`]
      : []),
  ].join('\n');
}

/** Commands that read the environment's addresses from their own. */
const NEEDS_ADDRESSES = /\.\/dev (?:backups|webhooks|reconcile|replay|rocketchat)\b/u;
const exportsOf = (environment: string): string => `eval "$(./dev bring-up --env ${environment} --exports)"`;

/** What of a group was not asked for one and the same reason is one line. */
function together(findings: readonly Shown[]): readonly Shown[] {
  const reasons = new Map<string, Shown[]>();
  for (const finding of findings) {
    if (finding.verdict !== 'not_asked') continue;
    reasons.set(finding.figure, [...(reasons.get(finding.figure) ?? []), finding]);
  }
  return findings.flatMap(finding => {
    const alike = finding.verdict === 'not_asked' ? (reasons.get(finding.figure) ?? []) : [finding];
    if (alike[0] !== finding) return [];
    return [alike.length === 1 ? finding : { ...finding, title: `${finding.title} and ${alike.length - 1} more` }];
  });
}
