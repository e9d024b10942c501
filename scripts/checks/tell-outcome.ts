import type { CheckOutcome } from './check.ts';

/** One line per check; what is wrong follows below it. */
export function tellOutcome({ name, problems, durationMs }: CheckOutcome): void {
  const seconds = (durationMs / 1000).toFixed(1).padStart(5);
  console.log(`${problems.length === 0 ? '✓' : '✗'} ${name.padEnd(20)}${seconds} s`);
  for (const problem of problems) console.log(problem.replaceAll(/^/gmu, '    '));
}
