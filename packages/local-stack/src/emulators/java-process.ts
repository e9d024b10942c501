import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Runs one emulator as a child process on 127.0.0.1 and stops it by its pid. */
export interface JavaCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly port: number;
}

export interface RunningEmulator {
  /** `127.0.0.1:port`, as the SDKs want it in `*_EMULATOR_HOST`. */
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the process is gone. */
  close(): Promise<void>;
}

/** What either emulator's JVM is told. */
export const JVM_FLAGS: readonly string[] = [
  '-Xms32m', // Java would begin with a sixty-fourth of the machine's memory ...
  '-Xmn24m', // ... and fill a third of it before it collects anything.
  '-XX:+UseSerialGC', // No threads and tables for parallel collection of so small a heap.
  '-XX:TieredStopAtLevel=1', // The optimising compiler costs memory and pays only in programs that run for longer.
  '-XX:MinHeapFreeRatio=10', // Gives back what a burst took ...
  '-XX:MaxHeapFreeRatio=30', // ... instead of keeping most of the heap for the next one.
  '-Duser.language=en',
];

const READY_MAX_MS = 60_000; // 1.7 s alone; a machine busy with other JVMs took 15 s
const POLL_MS = 50;
const STOP_MAX_MS = 5_000; // the supervisor's children have 10 s in all
const OUTPUT_KEPT_CHARS = 4_000;

export const javaBinary = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment['JAVA_HOME'] === undefined || environment['JAVA_HOME'] === ''
    ? 'java'
    : join(environment['JAVA_HOME'], 'bin', 'java');

/** Both emulators answer `GET /` once they serve. Rejects when the deadline passes or `stopped` says why not to wait. */
async function waitUntilServing(host: string, stopped: () => string | undefined): Promise<void> {
  const deadline = performance.now() + READY_MAX_MS;
  while (performance.now() < deadline) {
    const reason = stopped();
    if (reason !== undefined) throw new Error(reason);
    try {
      const response = await fetch(`http://${host}/`, { signal: AbortSignal.timeout(2_000) });
      await response.arrayBuffer();
      if (response.ok) return;
    } catch {
      // Not listening yet: the deadline decides.
    }
    await delay(POLL_MS);
  }
  throw new Error(`${host} did not answer within ${READY_MAX_MS / 1000} s`);
}

export async function startJava(name: string, java: JavaCommand): Promise<RunningEmulator> {
  const child = spawn(java.command, java.args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const end = watchEnd(name, child);
  const killWithParent = (): void => void (child.pid !== undefined && child.kill('SIGKILL'));
  process.once('exit', killWithParent);

  const close = async (): Promise<void> => {
    process.removeListener('exit', killWithParent);
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    child.kill('SIGTERM');
    const overdue = setTimeout(() => child.kill('SIGKILL'), STOP_MAX_MS);
    await end.ended;
    clearTimeout(overdue);
  };

  const host = `127.0.0.1:${java.port}`;
  try {
    await waitUntilServing(host, end.reason);
  } catch (error) {
    await close();
    throw error;
  }
  if (child.pid === undefined) throw new Error(`${name} answers at ${host} but was not started here`);
  return { host, port: java.port, pid: child.pid, close };
}

function watchEnd(name: string, child: ChildProcess): { ended: Promise<void>; reason: () => string | undefined } {
  let output = '';
  let reason: string | undefined;
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-OUTPUT_KEPT_CHARS);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise<void>(resolve => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      reason =
        error.code === 'ENOENT'
          ? `${name} needs Java 11 or newer and there is none on PATH or at JAVA_HOME (Debian: apt-get install openjdk-17-jre-headless)`
          : `${name} could not be started: ${error.message}`;
      resolve();
    });
    child.once('exit', (code, signal) => {
      reason = `${name} ended (${signal ?? `exit code ${String(code)}`}) before it was ready:\n${output}`;
      resolve();
    });
  });
  return { ended, reason: () => reason };
}
