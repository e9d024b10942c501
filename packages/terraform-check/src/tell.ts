import type { Coverage } from './check-terraform.ts';
import type { Outcome } from './outcome.ts';
import type { ChangeCounts } from './policies/printed-plan.ts';

/** One line for each step, with what is wrong below it. */
export function tellOutcome({ name, problems, warnings, durationMs, note }: Outcome): void {
  console.log(`${problems.length === 0 ? '✓' : '✗'} ${name.padEnd(36)}${tellSeconds(durationMs)}  ${note}`.trimEnd());
  for (const problem of problems) console.log(problem.replaceAll(/^/gmu, '    '));
  for (const warning of warnings) console.log(warning.replaceAll(/^/gmu, '  ! '));
}

export const tellSeconds = (durationMs: number): string => `${(durationMs / 1000).toFixed(1).padStart(5)} s`;

/** What was held against what, for whoever asks how deep the check goes. */
export const tellCoverage = (coverage: Coverage, outcomes: readonly Outcome[]): string =>
  [
    `${coverage.argumentsWritten} arguments of ${coverage.resourceTypes} resource types and ` +
      `${coverage.dataSourceTypes} data sources, held against ${coverage.attributesKnown} attributes of real schemas:`,
    ...coverage.providers.map(provider => `  ${provider}`),
    `${coverage.rules} rules and ${coverage.policies} policies, each with an example that breaks it`,
    `${outcomes.reduce((sum, { counted }) => sum + (counted.runs ?? 0), 0)} runs of Terraform's own tests`,
    `resources: ${outcomes
      .flatMap(({ name, counted }) =>
        counted.resources === undefined ? [] : `${name.replace(/: plan$/u, '')} ${counted.resources}`,
      )
      .toSorted()
      .join('; ')}`,
  ].join('\n');

/** What a plan is about to do. */
export const tellChanges = (changes: ChangeCounts): string =>
  Object.entries(changes)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
