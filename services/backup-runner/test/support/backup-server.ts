import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { installServerPrograms } from '@innkeeper/local-stack/server-programs/install-server-programs';

/**
 * A folder that plays the server: programs, filer, disk and memory, and the runner as it is installed, in a process. restic is
 * the real one behind a script that notes its arguments; the dumps are scripts.
 */
export interface BackupServer extends Disposable {
  readonly directory: string;
  /** Replaces a program; `undefined` takes it away. */
  setProgram(name: string, script: string | undefined): void;
  writeFile(path: string, content: string): void;
  /** Starts the runner with these instructions and this added to its environment. */
  boot(instructions: string, environment?: Readonly<Record<string, string>>, file?: string): BootedRunner;
  /** Command lines of restic, the dumps and all that started them. */
  commandLines(): string;
  /** What is left of the run's own folders. */
  leftovers(): readonly string[];
}

export interface BootedRunner {
  readonly process: ChildProcess;
  /** Resolves when the process is gone. */
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
}

/** Its own command line and those of whoever started it, as everybody on the machine can read them. */
const COMMAND_LINES = `pid=$$
while [ "$pid" -gt 1 ]; do
  tr '\\0' ' ' < /proc/$pid/cmdline; echo
  read -r stat < /proc/$pid/stat; set -- \${stat##*) }; pid=$2
done`;

export const FILER_FILES = { 'uploads/sentinel': 'here', 'uploads/a': 'a', 'uploads/b/c': 'c'.repeat(5000) };

const RESTIC = process.env['RESTIC_BINARY'] ?? 'restic';

/** What goes into the snapshot, made once. */
export interface ServerImage {
  /** The runner as it is installed. */
  readonly runner: string;
  /** Folder of the server's programs. */
  readonly programs: string;
}

export async function buildServerImage(folder: string): Promise<ServerImage> {
  const runner = join(folder, 'backup-runner.mjs');
  const build = resolve(import.meta.dirname, '../../scripts/build-runner.ts');
  const [programs] = await Promise.all([
    installServerPrograms(),
    promisify(execFile)(process.execPath, [build, runner]),
  ]);
  return { runner, programs };
}

export function createServerFolder(image: ServerImage): BackupServer {
  const directory = mkdtempSync(join(tmpdir(), 'innkeeper-server-'));
  const programs = join(directory, 'programs');
  const argumentsFile = join(directory, 'arguments');
  mkdirSync(programs);
  const noting = (rest: string): string => `#!/bin/sh\n(${COMMAND_LINES}) >> ${argumentsFile}\n${rest}\n`;
  const server: BackupServer = {
    directory,
    setProgram(name, script) {
      const file = join(programs, name);
      if (script === undefined) return rmSync(file);
      writeFileSync(file, noting(script));
      chmodSync(file, 0o755);
    },
    writeFile(path, content) {
      mkdirSync(join(directory, path, '..'), { recursive: true });
      writeFileSync(join(directory, path), content);
    },
    boot(instructions, environment = {}, file = 'run.json') {
      server.writeFile(file, instructions);
      const child = spawn(process.execPath, [image.runner, join(directory, file)], {
        env: {
          PATH: `${programs}:${image.programs}:${process.env['PATH'] ?? ''}`,
          HOME: directory,
          RESTIC_BINARY: join(programs, 'restic'),
          WORK_DIRECTORY: join(directory, 'work'),
          SECRET_DIRECTORY: join(directory, 'memory'),
          FILES_DIRECTORY: join(directory, 'files'),
          FILER_DIRECTORY: join(directory, 'filer'),
          ...environment,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const output = Promise.all([text(child.stdout), text(child.stderr)]);
      const ended = once(child, 'close').then(async ([code]) => ({
        code: code as number | null,
        output: (await output).join(''),
      }));
      return { process: child, ended };
    },
    commandLines: () => (existsSync(argumentsFile) ? readFileSync(argumentsFile, 'utf8') : ''),
    leftovers: () =>
      ['work', 'memory'].flatMap(folder => {
        const path = join(directory, folder);
        return existsSync(path) ? readdirSync(path) : [];
      }),
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
  for (const [path, content] of Object.entries(FILER_FILES)) server.writeFile(`filer/${path}`, content);
  server.setProgram('restic', `exec ${RESTIC} "$@"`);
  server.setProgram('mongodump', 'exec head -c 300000 /dev/urandom');
  server.setProgram('pg_dump', 'exec head -c 30000 /dev/urandom');
  return server;
}
