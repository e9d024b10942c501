import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** Put in by `scripts/build-runner.ts`, where the package's manifest is not beside the code any more. */
declare const RUNNER_VERSION: string | undefined;

/** Announced to `exchange`, which refuses servers made from too old a snapshot. */
export const runnerVersion: string = typeof RUNNER_VERSION === 'string' ? RUNNER_VERSION : ownVersion();

function ownVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}
