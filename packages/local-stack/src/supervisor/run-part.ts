import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Part } from './part.ts';
import { groupIsAlive, signalGroup } from './process-identity.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Starts one process of a part and ends it. The process leads a group of its own: whatever it starts itself (workerd)
 * can be ended with it even when it was killed, and Ctrl-C in the terminal reaches the supervisor alone.
 */
export interface PartProcess {
  readonly pid: number;
  /** Resolves with a sentence about how it ended, once nothing of its group is left. */
  readonly ended: Promise<string>;
  /** SIGTERM, ten seconds, SIGKILL. Resolves when it has ended. */
  stop(): Promise<void>;
  /** SIGKILL at once. */
  kill(): void;
}

export interface RunPlaces {
  readonly logFile: string;
  readonly stateDirectory: string;
  readonly configurationFile: string;
  /** How long it may take to end when it is asked to. */
  readonly stopMsMax?: number;
}

/** The contract gives every process this long to finish or hand back what it holds. */
const STOP_MS_MAX = 10_000;
const GROUP_POLL_MS = 10;

/** What a program needs to run at all, and what an operator sets for a whole machine. */
const INHERITED = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'TMPDIR',
  'TZ',
  'JAVA_HOME',
  'NODE_EXTRA_CA_CERTS',
  'HTTPS_PROXY',
  'NO_PROXY',
];

/** Throws when the program itself cannot be started. */
export async function runPart(part: Part, places: RunPlaces): Promise<PartProcess> {
  mkdirSync(places.stateDirectory, { recursive: true, mode: 0o700 });
  mkdirSync(dirname(places.logFile), { recursive: true });
  if (part.configuration !== undefined) {
    writeWhole(places.configurationFile, JSON.stringify(part.configuration.content, undefined, 2));
  }
  const log = openSync(places.logFile, 'a', 0o600);
  const child = spawn(part.command, part.args, {
    detached: true,
    env: environmentOf(part, places),
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const pid = await pidOf(part, child);
  const exited = new Promise<string>(resolve => {
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${String(code)}` : signal));
  });
  const ended = exited.then(async how => {
    signalGroup(pid, 'SIGKILL');
    while (groupIsAlive(pid)) await delay(GROUP_POLL_MS);
    return how;
  });
  return {
    pid,
    ended,
    async stop() {
      child.kill('SIGTERM');
      const overdue = setTimeout(() => signalGroup(pid, 'SIGKILL'), places.stopMsMax ?? STOP_MS_MAX);
      await ended;
      clearTimeout(overdue);
    },
    kill: () => void signalGroup(pid, 'SIGKILL'),
  };
}

function environmentOf(part: Part, places: RunPlaces): Record<string, string> {
  const inherited = INHERITED.flatMap(name => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(inherited),
    STATE_DIRECTORY: places.stateDirectory,
    ...(part.configuration === undefined ? {} : { [part.configuration.variable]: places.configurationFile }),
    ...part.environment,
  };
}

function pidOf(part: Part, child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', error => reject(new Error(`${part.name} cannot be started: ${error.message}`)));
    child.once('spawn', () => resolve(Number(child.pid)));
  });
}
