import { join } from 'node:path';
import type { Found } from '../outcome.ts';
import { readDiagnostics } from './read-diagnostics.ts';
import type { RunTerraform } from './run-terraform.ts';

/** Runs the `*.tftest.hcl` of one folder, relative to `root`. */
export async function runTests(terraform: RunTerraform, root: string, tested: string): Promise<Found> {
  const folder = join(root, tested);
  const init = await terraform(folder, ['init', '-input=false', '-no-color']);
  if (init.exitCode !== 0) return readDiagnostics(init, tested);
  const run = await terraform(folder, ['test', '-json']);
  const runs = countRuns(run.stdout);
  return { ...readDiagnostics(run, tested), note: `${runs} runs`, counted: { runs } };
}

/** One message a line; a run that is over says so. */
const countRuns = (stdout: string): number => stdout.match(/"test_run":\{[^}]*"progress":"complete"/gu)?.length ?? 0;
