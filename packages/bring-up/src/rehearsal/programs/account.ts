import type { CloudWorld, ProgramRun } from '@innkeeper/deployment/testing/cloud-world';
import type { Vendors } from '../house/vendors.ts';

/** What the vendors' own programs find and change. */
export interface Account {
  readonly functions: CloudWorld['functions'];
  readonly workers: CloudWorld['workers'];
  made: number;
  /** By environment of GitHub's, when each of its secrets was set last. */
  readonly github: Map<string, Map<string, string>>;
  /** Undefined until Terraform has been there. */
  vendors: Vendors | undefined;
}

/** One call of a program that is none of ours, as it was typed. */
export interface ProgramCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

export const emptyAccount = (): Account => ({
  functions: {},
  workers: {},
  made: 0,
  github: new Map(),
  vendors: undefined,
});

/** The account as the deployment's own stand-ins know one. What they make stays; secrets are those kept now. */
export function cloudWorld(account: Account): CloudWorld {
  const { functions, workers, vendors } = account;
  return {
    functions,
    workers,
    secrets: Object.fromEntries(vendors?.google.secrets ?? []),
    made: account.made,
    swarm: undefined,
    infrastructure: undefined,
    outputs: {},
    checkouts: {},
  };
}

export const said = (stdout: string): ProgramRun => ({ exitCode: 0, stdout, stderr: '' });
export const refused = (stderr: string): ProgramRun => ({ exitCode: 1, stdout: '', stderr: `${stderr}\n` });
