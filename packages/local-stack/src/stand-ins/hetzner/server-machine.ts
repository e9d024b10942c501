import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { INSTRUCTIONS_PATH, RUNNER_UNIT } from '@innkeeper/shared/contracts/backup/instructions';
import { readUserData } from './read-user-data.ts';

/**
 * A server's machine: a folder that is its disk, and the runner as a process group of its own, started by what its
 * user_data says. Outlives a killed stand-in, as a server outlives Hetzner's control plane.
 */
export interface ServerMachines {
  /** `undefined` where user_data starts nothing; the server's console says why. `ended` is called once. */
  boot(id: number, userData: string, ended: (exitCode: number | undefined) => void): MachineProcess | undefined;
  /** Until `ended` was called, for a process of this stand-in's own. */
  isAlive(process: MachineProcess): boolean;
  /** After so long SIGTERM, then SIGKILL, to everything that runs on it; resolves when nothing does. */
  halt(process: MachineProcess, patienceMs: number): Promise<void>;
  /** The disk is gone; the console stays for whoever asks what happened. */
  discard(id: number): void;
}

export interface MachineProcess {
  readonly pid: number;
  /** Of the kernel's clock: tells the process from a later one with its number. */
  readonly startedAtTick: string;
}

export interface MachineOptions {
  readonly stateDirectory: string;
  /** Absolute path of the program that the snapshot's systemd unit starts. */
  readonly runnerProgram: string;
  /** What is in every process's environment on a server. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where `poweroff` on a server says that it powers off. */
  readonly powerUrl: (id: number) => string;
}

/** The same on every server, as on real ones: what is kept of the files goes by their path. */
export function mountPoint(stateDirectory: string): string {
  const folder = path.join(stateDirectory, 'srv/innkeeper/files');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The only command that does something here. */
const START_RUNNER = `systemctl start --no-block ${RUNNER_UNIT}`;
const GRACE_MS = 2000;
const LOOK_MS = 20;

export function serverMachines(options: MachineOptions): ServerMachines {
  const folderOf = (id: number): string => path.join(options.stateDirectory, 'servers', String(id));
  // Not below the state, which nobody but its owner may enter.
  const home = createHash('sha256').update(options.stateDirectory).digest('hex').slice(0, 12);
  const temporaryOf = (id: number): string => path.join(tmpdir(), `innkeeper-server-${home}-${id}`);

  /** Of the processes this stand-in started itself; those of the one before it are only looked at. */
  const exits = new Map<number, Promise<void>>();

  const startRunner = (id: number, root: string, output: number): ChildProcess => {
    const below = (folder: string): string => {
      const absolute = path.join(root, folder);
      mkdirSync(absolute, { recursive: true });
      return absolute;
    };
    // A server that was killed could not unmount; a new one starts with nothing mounted.
    rmSync(mountPoint(options.stateDirectory), { recursive: true, maxRetries: 5 });
    return spawn(process.execPath, [options.runnerProgram, path.join(root, INSTRUCTIONS_PATH)], {
      cwd: root,
      detached: true,
      stdio: ['ignore', output, output],
      env: {
        ...options.environment,
        HOME: below('root'),
        TMPDIR: openTemporary(temporaryOf(id)),
        WORK_DIRECTORY: below('var/lib/innkeeper'),
        SECRET_DIRECTORY: below('run/innkeeper'),
        FILES_DIRECTORY: mountPoint(options.stateDirectory),
        SERVER_POWER_URL: options.powerUrl(id),
      },
    });
  };

  return {
    boot(id, userData, ended) {
      const root = path.join(folderOf(id), 'root');
      mkdirSync(root, { recursive: true });
      const output = openSync(path.join(folderOf(id), 'console.log'), 'a');
      try {
        const read = readUserData(userData);
        if (!read.ok) {
          writeSync(output, `cloud-init: ${read.problem}\n`);
          return undefined;
        }
        for (const { path: name, content, mode } of read.files) {
          const file = path.join(root, path.normalize(name));
          mkdirSync(path.dirname(file), { recursive: true });
          writeFileSync(file, content, { mode });
        }
        const commands = read.commands.map(command => command.join(' '));
        for (const command of commands.filter(text => text !== START_RUNNER)) {
          writeSync(output, `cloud-init: not run here: ${command}\n`);
        }
        if (!commands.includes(START_RUNNER)) return undefined;
        const child = startRunner(id, root, output);
        const { pid } = child;
        child.once('error', error => {
          console.error(JSON.stringify({ standIn: 'hetzner', event: 'server.boot_failed', id, error: error.message }));
        });
        if (pid === undefined) return undefined;
        const exit = once(child, 'exit').then(([code]: unknown[]) => {
          signalGroup(pid, 'SIGKILL'); // what it left running
          exits.delete(pid);
          ended(typeof code === 'number' ? code : undefined);
        });
        exits.set(pid, exit);
        return { pid, startedAtTick: startTickOf(pid) ?? '' };
      } finally {
        closeSync(output);
      }
    },

    isAlive: ({ pid, startedAtTick }) => exits.has(pid) || startTickOf(pid) === startedAtTick,

    async halt({ pid, startedAtTick }, patienceMs) {
      const lives = (): boolean => startTickOf(pid) === startedAtTick;
      const lookFor = async (ms: number): Promise<void> => {
        const deadline = performance.now() + ms;
        while (lives() && performance.now() < deadline) await pause(LOOK_MS);
      };
      await lookFor(patienceMs);
      if (lives()) signalGroup(pid, 'SIGTERM');
      await lookFor(GRACE_MS);
      if (lives()) signalGroup(pid, 'SIGKILL');
      while (lives()) await pause(LOOK_MS);
      await exits.get(pid);
    },

    discard(id) {
      for (const folder of [path.join(folderOf(id), 'root'), temporaryOf(id)]) {
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  };
}

/** As on any machine everybody's: the drill's PostgreSQL has a user of its own there. */
function openTemporary(folder: string): string {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o1777);
  return folder;
}

/** Field 22 of `/proc/<pid>/stat`; `undefined` when there is no such process, or only its unread end. */
function startTickOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined; // No such process.
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nothing of the group is left.
  }
}
