import { printable } from '../terminal/table.ts';
import type { Report } from './read-reports.ts';

/** What comparisons and gap checks found, one line each, and the records it was about. Pure. */
export function describeReports(reports: readonly Report[]): string {
  return reports.length === 0 ? 'No report yet.' : reports.map(describeReport).join('\n');
}

/** Records named under a report; the others are counted. */
const EXAMPLES_SHOWN = 5;

function describeReport(report: Report): string {
  const { state, purpose, source, resource, counts, problem, examples, unreadable } = report;
  const mark = state === 'done' ? '✓' : state === 'running' ? '…' : '✗';
  const findings = [
    ...(counts.sent === 0 ? [] : [`${counts.sent} missing or older here, sent to be healed`]),
    ...(counts.vanished === 0 ? [] : [`${counts.vanished} no longer shown by the vendor, to be read one by one`]),
    ...(counts.unreadable === 0 ? [] : [`${counts.unreadable} not understood`]),
    ...(problem === undefined ? [] : [`${problem.reason}: ${printable(problem.detail)}`]),
  ];
  const when = (report.endedAt ?? report.updatedAt).slice(0, 16).replace('T', ' ');
  const line =
    `${mark} ${when} UTC  ${purpose.padEnd(10)}  ${source} ${resource}: ${counts.read} read, ` +
    (findings.length === 0 ? 'nothing differed' : findings.join('; '));
  const shown = examples.slice(0, EXAMPLES_SHOWN);
  const more = counts.sent + counts.vanished - shown.length;
  return [
    line,
    ...shown.map(key => `    ${printable(key)}`),
    ...(shown.length > 0 && more > 0 ? [`    and ${more} more`] : []),
    ...unreadable
      .slice(0, EXAMPLES_SHOWN)
      .map(({ key, reason, detail }) => `    ! ${printable(key)}: ${reason}: ${printable(detail)}`),
  ].join('\n');
}
