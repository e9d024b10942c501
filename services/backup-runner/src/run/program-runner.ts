import type { Readable } from 'node:stream';

/**
 * Starts the programs that the server brings along (restic, weed, mongodump, pg_dump …), found on its PATH. Arguments
 * never hold secrets: those go by environment or by a file in memory.
 */
export interface ProgramRunner {
  /** Runs to the end. Never throws for what the program does; `missing` when there is no such program. */
  run(call: ProgramCall): Promise<ProgramEnd>;
  /** Starts something that stays until it is stopped, such as a mount or a throw-away database. */
  start(call: Omit<ProgramCall, 'onStdout' | 'input'>): RunningProgram;
}

export interface ProgramCall {
  readonly program: string;
  readonly args: readonly string[];
  /** Beside this process's own, which never holds a secret. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  readonly signal?: AbortSignal;
  /** Each whole line of standard output as it comes, its first megabyte; without it the output is collected, up to a bound. */
  readonly onLine?: (line: string) => void;
  /** Each whole line of standard error as it comes, beside what `ProgramEnd` keeps of it. */
  readonly onErrorLine?: (line: string) => void;
  /** Standard output as a stream of bytes, for output that is data. */
  readonly onStdout?: (stdout: Readable) => Promise<void>;
  readonly input?: Uint8Array;
}

export interface ProgramEnd {
  /** Exit code; `undefined` when a signal ended it or it could not be started. */
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** The program is not on the PATH. */
  readonly missing: boolean;
  readonly stdout: string;
  /** The last kilobytes. May hold names of files: for deciding what happened, not for reports. */
  readonly stderr: string;
}

export interface RunningProgram {
  readonly ended: Promise<ProgramEnd>;
  /** SIGTERM, then SIGKILL after a grace; resolves when it is gone. */
  stop(): Promise<ProgramEnd>;
}
