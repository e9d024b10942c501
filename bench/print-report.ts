import type { Report } from './bench.ts';

/** A report as a table of fixed columns. */
export function printReport(name: string, { measures, limitedBy }: Report): void {
  const rows = [
    ['', 'budget', 'measured', ''],
    ...measures.map(({ what, budget, measured }) => [
      what,
      budget?.words ?? '',
      measured,
      budget === undefined ? '' : budget.kept ? 'kept' : 'MISSED',
    ]),
  ];
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => (row[column] ?? '').length)));
  console.log(`\n${name}`);
  for (const row of rows) {
    console.log(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
    );
  }
  console.log(`  Limited by: ${limitedBy}`);
}
