/** One thing that is looked at; offline once everything is prepared. */
export interface Check {
  readonly name: string;
  readonly run: () => Promise<Verdict>;
}

/** `problems`: what is wrong and what to do, for a person; empty when all is well. `seen`: what was looked at. */
export interface Verdict {
  readonly seen: string;
  readonly problems: readonly string[];
}

/** At most `concurrency` at once, a line for each as it ends. True when all is well. */
export async function runChecks(
  checks: readonly Check[],
  { concurrency, tell }: { readonly concurrency: number; readonly tell: (line: string) => void },
): Promise<boolean> {
  const waiting = [...checks];
  let isWell = true;
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const started = performance.now();
      const { seen, problems } = await next.run();
      const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
      tell(`${problems.length === 0 ? '✓' : '✗'} ${next.name.padEnd(16)}${seconds} s  ${seen}`);
      for (const problem of problems) tell(problem.replaceAll(/^/gmu, '    '));
      isWell &&= problems.length === 0;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return isWell;
}
