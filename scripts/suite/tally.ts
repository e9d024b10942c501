/** How one part of the suite went. */
export interface Tally {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** What failed, by name, so that the end of a long log says it. */
  readonly failures?: readonly string[];
}

/** The closing lines, the last of which is `N passed, N failed` and nothing else. Pure. */
export function sumUp(
  tallies: readonly Tally[],
  durationMs: number,
): { lines: string[]; passed: number; failed: number } {
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  // A suite that ran nothing has shown nothing.
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0) + (passed === 0 ? 1 : 0);
  const failures = tallies.flatMap(tally => tally.failures ?? []);
  const lines = [
    ...(failures.length === 0 ? [] : ['', 'Failed:', ...failures.map(name => `  ${name}`)]),
    '',
    ...tallies.map(tally => `${tally.name.padEnd(10)} ${tally.passed} passed, ${tally.failed} failed`),
    `in all ${(durationMs / 1000).toFixed(1)} s`,
    `${passed} passed, ${failed} failed`,
  ];
  return { lines, passed, failed };
}
