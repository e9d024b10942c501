import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

export interface Played {
  /** Undefined when it was ended because its time was over. */
  readonly exitCode: number | undefined;
  /** The last lines it printed, oldest first. */
  readonly output: readonly string[];
}

const LINES_MAX = 80;
/** For a simulation to stop what it started once it was asked to. */
const STOP_MS_MAX = 30_000;

/** Runs a command in front of the person's eyes and keeps the end of what it prints. A signal ends it, too. I/O. */
export async function playSimulation(
  [program = '', ...words]: readonly string[],
  options: {
    readonly cwd: string;
    readonly timeMsMax: number;
    /** Where a person reads what it prints. */
    readonly out: NodeJS.WritableStream;
    readonly err: NodeJS.WritableStream;
  },
): Promise<Played> {
  // A group of its own, so that a signal reaches all that it started.
  const child = spawn(program, words, { cwd: options.cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  const keep = (from: Readable, to: NodeJS.WritableStream): void => {
    createInterface(from).on('line', line => {
      to.write(`${line}\n`);
      output.push(stripVTControlCharacters(line));
      if (output.length > LINES_MAX) output.shift();
    });
  };
  keep(child.stdout, options.out);
  keep(child.stderr, options.err);

  const signal = (name: NodeJS.Signals): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, name);
  };
  let isOver = false;
  const timers = [
    setTimeout(() => {
      isOver = true;
      signal('SIGTERM');
    }, options.timeMsMax),
    setTimeout(() => signal('SIGKILL'), options.timeMsMax + STOP_MS_MAX),
  ];
  process.on('SIGTERM', signal).on('SIGINT', signal);
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', code => resolve(code ?? 1));
    });
    return { exitCode: isOver ? undefined : exitCode, output };
  } finally {
    for (const timer of timers) clearTimeout(timer);
    process.off('SIGTERM', signal).off('SIGINT', signal);
  }
}
