import type { Outcome } from './outcome.ts';
import type { Coverage } from './schema/count-coverage.ts';

/** One line for each step, with what is wrong below it. */
export function tellOutcome({ name, problems, warnings, durationMs, note }: Outcome): void {
  console.log(`${problems.length === 0 ? '✓' : '✗'} ${name.padEnd(36)}${tellSeconds(durationMs)}  ${note}`.trimEnd());
  for (const problem of problems) console.log(problem.replaceAll(/^/gmu, '    '));
  for (const warning of warnings) console.log(warning.replaceAll(/^/gmu, '  ! '));
}

export const tellSeconds = (durationMs: number): string => `${(durationMs / 1000).toFixed(1).padStart(5)} s`;

export const tellCoverage = (coverage: Coverage): string =>
  [
    `${coverage.argumentsWritten} arguments of ${coverage.resourceTypes} resource types and ` +
      `${coverage.dataSourceTypes} data sources, held against ${coverage.attributesKnown} attributes of real schemas:`,
    ...coverage.providers.map(provider => `  ${provider}`),
  ].join('\n');
