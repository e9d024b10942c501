/** Versions of the runner as `major.minor.patch`. Pure. */
export const RUNNER_VERSION = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/u;

/** False too for a version that is none. */
export function isAtLeast(version: string | undefined, minimum: string): boolean {
  const have = numbersOf(version);
  const want = numbersOf(minimum);
  if (have === undefined || want === undefined) return false;
  const differs = have.findIndex((number, index) => number !== want[index]);
  return differs === -1 || (have[differs] ?? 0) > (want[differs] ?? 0);
}

const numbersOf = (version: string | undefined): number[] | undefined =>
  RUNNER_VERSION.exec(version ?? '')
    ?.slice(1)
    .map(Number);
