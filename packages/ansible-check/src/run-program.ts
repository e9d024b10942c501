import { spawn } from 'node:child_process';

export interface ProgramRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs a program to its end. One that is not there ends with 127, as in a shell. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...process.env, NO_COLOR: '1', ANSIBLE_NOCOLOR: '1', ...options.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve({ exitCode: 127, stdout: '', stderr: `${program} is not installed` });
      else reject(error);
    });
    child.once('close', (code, signal) => {
      if (signal !== null) reject(new Error(`${program} was ended by ${signal}`));
      else resolve({ exitCode: code ?? 1, stdout: text(stdout), stderr: text(stderr) });
    });
    // A program that ends without reading is not our failure.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8');
