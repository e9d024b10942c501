/** One thing that is looked at before anything runs. Offline, and quick enough to be run without thinking about it. */
export interface Check {
  readonly name: string;
  /** What is wrong, for a person; empty when all is well. Throwing is a bug of the check and counts as a failure. */
  readonly run: () => Promise<readonly string[]>;
}

export interface CheckOutcome {
  readonly name: string;
  readonly problems: readonly string[];
  readonly durationMs: number;
}

/** Runs the checks, at most `concurrency` at once, and tells each outcome as it is known. */
export async function runChecks(
  checks: readonly Check[],
  options: { readonly concurrency: number; readonly tell: (outcome: CheckOutcome) => void },
): Promise<CheckOutcome[]> {
  const waiting = [...checks];
  const outcomes: CheckOutcome[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const started = performance.now();
      const problems = await next.run().catch((error: unknown) => [`the check itself failed: ${String(error)}`]);
      const outcome = { name: next.name, problems, durationMs: performance.now() - started };
      outcomes.push(outcome);
      options.tell(outcome);
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, work));
  return outcomes;
}
