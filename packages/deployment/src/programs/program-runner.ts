import type { Secret } from '@innkeeper/shared/config/secret';
import type { Result } from '@innkeeper/shared/result/result';

/** Programs that deployments are made with, as child processes. Arguments are seen by everybody on the machine. */
export type Program = 'ansible-playbook' | 'gcloud' | 'git' | 'node' | 'terraform' | 'wrangler';

/** For a last word: Terraform writes its state and lets go of its lock, which nobody does for it once it is killed. */
export const GRACE_MS = 60_000;

export interface ProgramCall {
  readonly program: Program;
  /** Never a secret. */
  readonly args: readonly string[];
  /** Absolute; by default the repository. */
  readonly cwd?: string;
  /** Besides what every program gets (`program-environment.ts`). */
  readonly environment?: Readonly<Record<string, string | Secret>>;
  /** After it the program is told to end, and `GRACE_MS` later it and what it started are killed. */
  readonly timeoutMs: number;
  /** Exit codes that are answers and no failures; 0 is always one. */
  readonly expectedExitCodes?: readonly number[];
}

export interface ProgramAnswer {
  readonly exitCode: number;
  readonly stdout: string;
}

export type ProgramFailure =
  | { readonly kind: 'missing' }
  | { readonly kind: 'timed_out' }
  /** `lastWords`: the end of what it wrote to stderr, cut; nobody decides by it, but for codes of vendors. */
  | { readonly kind: 'failed'; readonly exitCode: number; readonly lastWords: string };

export interface ProgramRunner {
  run(call: ProgramCall): Promise<Result<ProgramAnswer, ProgramFailure>>;
}
