import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** What one command came to. */
export interface Typed {
  readonly exitCode: number;
  /** Both streams, as a person sees them. */
  readonly output: string;
  readonly ms: number;
}

/** One shell for all that is typed: what one command exports or changes to, the next one finds. */
export interface Terminal {
  type(command: string, stdin?: string): Promise<Typed>;
  /** Ends what runs, and everything that is typed after it. */
  interrupt(): void;
  isInterrupted(): boolean;
}

const OUTPUT_MAX = 4 * 1024 * 1024;
/** As shells report a program that was interrupted. */
const INTERRUPTED = 130;
/** Each command is a shell of its own, which begins with what the one before left behind. */
const SCRIPT = `set -a; source "$1"; set +a; cd "$(cat "$1.folder")"
eval "$2"
code=$?
export -p >"$1"; pwd >"$1.folder"
exit "$code"`;

export function openTerminal(options: {
  /** Where the shell's variables lie between two commands; nobody else may read it. */
  readonly stateFile: string;
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
}): Terminal {
  const { stateFile } = options;
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  const lines = Object.entries(options.variables).map(([name, value]) => `declare -x ${name}=${quoted(value)}\n`);
  writeFileSync(stateFile, lines.join(''), { mode: 0o600 });
  writeFileSync(`${stateFile}.folder`, options.folder);
  let running: ChildProcess | undefined;
  let isInterrupted = false;
  return {
    isInterrupted: () => isInterrupted,
    type(command, stdin = '') {
      if (isInterrupted) return Promise.resolve({ exitCode: INTERRUPTED, output: '', ms: 0 });
      const since = performance.now();
      const child = spawn('bash', ['--norc', '-c', SCRIPT, 'bash', stateFile, command], {
        cwd: options.folder,
        env: {},
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: true,
      });
      running = child;
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          output = `${output}${chunk.toString('utf8')}`.slice(-OUTPUT_MAX);
        });
      }
      // Whoever reads nothing closes it.
      child.stdin.on('error', () => undefined);
      child.stdin.end(stdin);
      return new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', code => {
          running = undefined;
          resolve({ exitCode: code ?? INTERRUPTED, output, ms: performance.now() - since });
        });
      });
    },
    interrupt() {
      isInterrupted = true;
      if (running?.pid !== undefined) process.kill(-running.pid, 'SIGTERM');
    },
  };
}
