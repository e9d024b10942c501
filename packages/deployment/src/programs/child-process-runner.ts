import { type ChildProcess, spawn } from 'node:child_process';
import { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { environmentOf } from './program-environment.ts';
import {
  GRACE_MS,
  type ProgramAnswer,
  type ProgramCall,
  type ProgramFailure,
  type ProgramRunner,
} from './program-runner.ts';

/** A saved plan as JSON is the largest answer; more is a program gone wild. */
const STDOUT_BYTES_MAX = 256 * 1024 * 1024;
const LAST_WORDS_MAX = 2_000;

export interface ChildProcesses {
  /** The repository. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface ChildProcessRunner extends ProgramRunner {
  /** Stops what runs, or else what runs next: it fails, and what comes after a failure follows. */
  readonly interrupt: () => void;
}

/** Programs of the PATH as child processes, each in a group of its own: what it started ends with it. No shell. */
export function childProcessRunner({ root, environment }: ChildProcesses): ChildProcessRunner {
  const running = new Set<ChildProcess>();
  let isInterrupted = false;
  return {
    interrupt() {
      isInterrupted = running.size === 0;
      for (const child of running) signalGroup(child, 'SIGINT');
    },
    async run(call) {
      if (isInterrupted) {
        isInterrupted = false;
        return err({ kind: 'failed', exitCode: -1, lastWords: 'Somebody stopped it.' });
      }
      const own = { ...environmentOf(call.program, environment), ...revealed(call.environment ?? {}) };
      const child = spawn(call.program, call.args, {
        cwd: call.cwd ?? root,
        env: own,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      running.add(child);
      try {
        return withoutSecrets(await ended(child, call), own);
      } finally {
        running.delete(child);
      }
    },
  };
}

function ended(
  child: ChildProcess,
  { timeoutMs, expectedExitCodes = [] }: ProgramCall,
): Promise<Result<ProgramAnswer, ProgramFailure>> {
  return new Promise(resolve => {
    const stdout: Buffer[] = [];
    let bytes = 0;
    let lastWords = '';
    let failure: ProgramFailure | undefined;
    let killing: NodeJS.Timeout | undefined;
    const kill = (): void => signalGroup(child, 'SIGKILL');
    const end = (reason: ProgramFailure): void => {
      if (failure !== undefined) return;
      failure = reason;
      signalGroup(child, 'SIGINT');
      killing = setTimeout(kill, GRACE_MS);
    };
    const timer = setTimeout(() => end({ kind: 'timed_out' }), timeoutMs);
    // What it started and did not end itself.
    child.on('exit', () => failure !== undefined && kill());
    child.stdout?.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      stdout.push(chunk);
      if (bytes > STDOUT_BYTES_MAX) end({ kind: 'failed', exitCode: -1, lastWords: 'It printed without an end.' });
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      lastWords = `${lastWords}${chunk.toString('utf8')}`.slice(-LAST_WORDS_MAX);
    });
    const settle = (outcome: Result<ProgramAnswer, ProgramFailure>): void => {
      clearTimeout(timer);
      clearTimeout(killing);
      resolve(outcome);
    };
    child.on('error', error => settle(err(spawnFailure(error))));
    child.on('close', code => {
      const exitCode = code ?? -1;
      if (failure !== undefined) settle(err(failure));
      else if (exitCode === 0 || expectedExitCodes.includes(exitCode)) {
        settle(ok({ exitCode, stdout: Buffer.concat(stdout).toString('utf8') }));
      } else settle(err({ kind: 'failed', exitCode, lastWords: lastWords.trim() }));
    });
  });
}

/** Programs complain about what they were given, and what they say is shown. */
function withoutSecrets(
  answer: Result<ProgramAnswer, ProgramFailure>,
  environment: Readonly<Record<string, string>>,
): Result<ProgramAnswer, ProgramFailure> {
  if (answer.ok || answer.error.kind !== 'failed') return answer;
  const secrets = Object.entries(environment).filter(([name]) => /TOKEN|PASSWORD|KEY|SECRET/iu.test(name));
  const lastWords = secrets.reduce((text, [, value]) => text.replaceAll(value, '[secret]'), answer.error.lastWords);
  return err({ ...answer.error, lastWords });
}

function revealed(environment: Readonly<Record<string, string | Secret>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value]),
  );
}

function spawnFailure(error: Error): ProgramFailure {
  if ('code' in error && error.code === 'ENOENT') return { kind: 'missing' };
  return { kind: 'failed', exitCode: -1, lastWords: error.message };
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // It ended by itself a moment before.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
