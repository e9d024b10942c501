import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A program of this package in a process of its own. */
export interface Run {
  readonly code: unknown;
  readonly out: string;
  readonly errors: string;
}

export const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export function run(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Run> {
  return new Promise(resolve => {
    execFile(process.execPath, [program, ...args], { env: environment }, (error, out, errors) => {
      resolve({ code: error === null ? 0 : error.code, out, errors });
    });
  });
}
