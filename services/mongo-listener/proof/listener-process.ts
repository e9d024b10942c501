import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** The listener as it is deployed: a process, which can be killed. */
export interface ListenerProcess {
  readonly pid: number;
  /** As an accident does. */
  kill(): Promise<void>;
  /** As Docker does; answers the exit code. */
  stop(): Promise<number | null>;
}

export interface ProcessOptions {
  /** The program's file and what stands in front of it. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where its log goes; nowhere, if absent. */
  readonly log?: Writable;
}

/** Resolves once the listener says that it runs. */
export async function startListenerProcess({ args, environment, log }: ProcessOptions): Promise<ListenerProcess> {
  const child = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  const output: string[] = [];
  const begun = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log?.write(text);
      if (output.length < OUTPUT_CHUNKS_KEPT) output.push(text);
      if (text.includes('lease.taken')) begun.resolve();
    });
  }
  const ended = exited.then(() => {
    throw new Error(`the listener ended before it began:\n${output.join('')}`);
  });
  await Promise.race([begun.promise, ended]);
  ended.catch(() => undefined); // It will end, sooner or later.
  return {
    pid: pidOf(child),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

const OUTPUT_CHUNKS_KEPT = 20;

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the listener could not be started');
  return pid;
}
