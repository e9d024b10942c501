import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';

/** The environment variable that carries a seed to every property test of a run. */
export const PROPERTY_SEED = 'INNKEEPER_PROPERTY_SEED';

/** Every seed that fast-check and the simulations take. */
export const SEED_MAX = 2 ** 31;

/**
 * The seed of the property tests, from the sources of the last commit: the same commit ends the same way wherever it is
 * run, and every commit looks somewhere else. Without git it is a fresh one.
 */
export function seedOfSources(root: string): number {
  try {
    const tree = execFileSync('git', ['rev-parse', 'HEAD^{tree}'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
    return Number.parseInt(tree.toString().slice(0, 8), 16) % SEED_MAX;
  } catch {
    return randomInt(SEED_MAX);
  }
}
