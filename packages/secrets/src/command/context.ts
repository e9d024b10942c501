import type { EnvironmentValues } from '@innkeeper/deployment/environment/environment-values';
import type { TerraformOutputs } from '@innkeeper/deployment/environment/terraform-outputs';
import type { Result } from '@innkeeper/shared/result/result';
import type { DatabaseKeys } from '../ports/database-keys.ts';
import type { FunctionManifest } from '../rotate/behind-readers.ts';
import type { StatusPorts } from '../status/gather-status.ts';
import type { Care } from './read-order.ts';
import type { Terminal } from './terminal.ts';

/** All that a command works with, in one environment. */
export interface Context {
  readonly environment: EnvironmentValues;
  readonly manifest: FunctionManifest;
  readonly ports: StatusPorts;
  readonly terminal: Terminal;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly randomBytes: (count: number) => Buffer;
  /** Asked only by what needs it: Terraform takes seconds. The error is a sentence. */
  readonly outputs: () => Promise<Result<TerraformOutputs, string>>;
  readonly databaseKeys: (outputs: TerraformOutputs) => DatabaseKeys;
}

export type ExitCode = 0 | 1 | 2;

/** Whether to go on: nobody is there to ask and nobody said `--yes` means no. */
export async function isAgreed({ terminal }: Context, care: Care, question: string): Promise<boolean> {
  if (care.yes) return true;
  if (!terminal.isInteractive) {
    terminal.err.write('Nobody is here to ask. Next: look at the plan above, then say it with --yes.\n');
    return false;
  }
  const agreed = await terminal.confirm(question);
  if (!agreed) terminal.err.write('Nothing was done.\n');
  return agreed;
}
