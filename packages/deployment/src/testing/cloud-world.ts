/** What vendors know, as data: the programs below read and change it as the real ones change accounts. */
export interface CloudWorld {
  readonly workers: Record<string, WorkerState>;
  readonly functions: Record<string, FunctionState>;
  /** Commit whose stacks run on the Swarm. */
  swarm: string | undefined;
  /** Commit that infrastructure was last applied from. */
  infrastructure: string | undefined;
  /** `terraform output -json`. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Versions of every secret that Terraform made, oldest first; the first is number 1. */
  readonly secrets: Record<string, readonly SecretVersion[]>;
  /** Folder of a checked out commit, for programs that run there. */
  readonly checkouts: Record<string, string>;
  /** Counts whatever is made, so that names are new. */
  made: number;
}

export interface SecretVersion {
  readonly value: string;
  readonly state: 'ENABLED' | 'DISABLED' | 'DESTROYED';
}

export interface WorkerState {
  readonly versions: WorkerVersion[];
  split: { readonly version_id: string; readonly percentage: number }[];
  /** Tag of the version whose triggers are set. */
  triggers: string | undefined;
  migration: string | undefined;
  /** Workers that it is tailed by. */
  tails: readonly string[];
}

export interface WorkerVersion {
  readonly id: string;
  readonly tag: string;
  readonly migration: string | undefined;
}

export interface FunctionState {
  readonly revisions: string[];
  /** A revision, or `latest`. */
  traffic: string;
  label: string;
}

export interface ProgramRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One program of the stand-in, strict about its words: what the real one would refuse, it refuses. */
export type StandInProgram = (args: readonly string[], world: CloudWorld, context: ProgramContext) => ProgramRun;

export interface ProgramContext {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly readText: (path: string) => string;
}

export const printed = (value: unknown): ProgramRun => ({
  exitCode: 0,
  stdout: typeof value === 'string' ? value : JSON.stringify(value),
  stderr: '',
});

export const refused = (stderr: string, exitCode = 1): ProgramRun => ({ exitCode, stdout: '', stderr });

/** Words the real program does not know. */
export const misused = (args: readonly string[]): ProgramRun => refused(`unknown arguments: ${args.join(' ')}`, 64);
