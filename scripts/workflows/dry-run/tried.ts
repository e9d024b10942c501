import { codeBlock } from '../findings/code-block.ts';

/** One deployable in one environment: how large it got, or why it cannot be deployed. */
export interface Tried {
  readonly environment: string;
  readonly what: string;
  readonly size?: string;
  readonly problem?: string;
}

/** For a pull request. Pure. */
export function describeTried(tried: readonly Tried[]): string {
  const rows = tried.map(({ environment, what, size, problem }) =>
    problem === undefined
      ? `| ${environment} | ${what} | ${size} |`
      : `| ${environment} | ${what} | **cannot be deployed** |`,
  );
  const problems = tried.flatMap(({ environment, what, problem }) =>
    problem === undefined ? [] : [`${environment}, ${what}:`, codeBlock(problem)],
  );
  return [...problems, ['| environment | what | size |', '| --- | --- | --- |', ...rows].join('\n')].join('\n\n');
}
