import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { linesOf } from './lines.ts';
import type { ProgramCall, ProgramEnd, ProgramRunner } from './program-runner.ts';

/**
 * Child processes as the runner uses them: no shell, standard streams of their own, an end by SIGTERM and, for whoever
 * does not listen, by SIGKILL. `environment` is what every program gets: a process that has secrets in its own passes a
 * smaller one.
 */
const GRACE_MS = 4_000; // restic removes its lock within it, and a stopping unit has ten seconds
const STDOUT_CHARACTERS_MAX = 32 * 1024 * 1024; // a list of all snapshots is some 100 kB
const STDERR_CHARACTERS_KEPT = 64 * 1024; // the end, where a program says why it failed

export function childPrograms(
  environment: Readonly<Record<string, string | undefined>>,
  graceMs: number = GRACE_MS,
): ProgramRunner {
  const launch = (call: ProgramCall): { ended: Promise<ProgramEnd>; stop: () => void } => {
    if (call.signal?.aborted === true) return { ended: Promise.resolve(NEVER_STARTED), stop: () => undefined };
    const child = spawn(call.program, call.args, {
      cwd: call.workingDirectory,
      env: { ...environment, ...call.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let kill: NodeJS.Timeout | undefined;
    const stop = () => {
      // One that never started has no pid, and Node would signal whatever number stands in its place.
      if (child.pid === undefined) return;
      child.kill('SIGTERM');
      kill ??= setTimeout(() => child.kill('SIGKILL'), graceMs);
    };
    call.signal?.addEventListener('abort', stop, { once: true });
    const ended = follow(child, call).finally(() => {
      clearTimeout(kill);
      call.signal?.removeEventListener('abort', stop);
    });
    return { ended, stop };
  };
  return {
    run: call => launch(call).ended,
    start(call) {
      const { ended, stop } = launch(call);
      return {
        ended,
        async stop() {
          stop();
          return ended;
        },
      };
    },
  };
}

const NEVER_STARTED: ProgramEnd = { code: undefined, signal: 'SIGTERM', missing: false, stdout: '', stderr: '' };

async function follow(child: ChildProcess, call: ProgramCall): Promise<ProgramEnd> {
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error('a child without its streams');
  stdin.on('error', () => undefined); // It ended without reading all of it: its exit code says why.
  stdin.end(call.input);
  // `close` and not `exit`: all output has been read by then.
  const [end, output, errors] = await Promise.all([
    ending(child),
    consume(stdout, call, child),
    lastOf(stderr, call.onErrorLine),
  ]);
  return { ...end, stdout: output, stderr: errors };
}

async function ending(child: ChildProcess): Promise<Pick<ProgramEnd, 'code' | 'signal' | 'missing'>> {
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return { code: code ?? undefined, signal: signal ?? undefined, missing: false };
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing) return { code: undefined, signal: undefined, missing };
    throw error; // The system cannot start processes at all.
  }
}

/** A callback that throws is a bug: the program ends with it. */
async function consume(stdout: Readable, call: ProgramCall, child: ChildProcess): Promise<string> {
  try {
    if (call.onStdout !== undefined) {
      await call.onStdout(stdout);
      stdout.resume();
      return '';
    }
    if (call.onLine !== undefined) {
      for await (const line of linesOf(stdout)) call.onLine(line);
      return '';
    }
    return await collect(stdout);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

async function collect(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) if (text.length < STDOUT_CHARACTERS_MAX) text += String(chunk);
  return text;
}

async function lastOf(stream: Readable, onLine: ((line: string) => void) | undefined): Promise<string> {
  let text = '';
  for await (const line of linesOf(stream)) {
    onLine?.(line);
    text = `${text}${line}\n`.slice(-STDERR_CHARACTERS_KEPT);
  }
  return text;
}
