import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A checkout in a folder of its own, as a runner has it: the scripts as they are, and stand-ins for what they call. */
export interface Workspace {
  readonly root: string;
  /** Writes a file; `mode` makes it a program. */
  write(path: string, text: string, mode?: number): void;
  read(path: string): string;
  /** A program on the PATH, as a script of Bash. */
  stub(name: string, script: string): void;
  /** An environment's values, as far as scripts read them. */
  bringUp(environment: string, more?: object): void;
  run(words: readonly string[], variables?: Readonly<Record<string, string>>): Ended;
  git(...words: readonly string[]): string;
  remove(): void;
}

export interface Ended {
  readonly exitCode: number | null;
  /** Both standard output and standard error. */
  readonly said: string;
  /** What the step told the workflow. */
  readonly outputs: Readonly<Record<string, string>>;
}

export const PROJECT_NUMBER = '987654321098';
export const REPOSITORY_ID = '4711';
const SCRIPTS = import.meta.dirname;

export function createWorkspace(): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'innkeeper-workflow-'));
  cpSync(SCRIPTS, join(root, 'scripts/workflows'), { recursive: true, filter: path => !path.endsWith('.ts') });
  const write = (path: string, text: string, mode = 0o644): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), mode);
  };
  const run: Workspace['run'] = (words, variables = {}) => {
    const [program = '', ...args] = words;
    rmSync(join(root, 'outputs'), { force: true });
    const ended = spawnSync(program, args, {
      cwd: root,
      encoding: 'utf8',
      env: {
        PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
        HOME: root,
        GITHUB_OUTPUT: join(root, 'outputs'),
        GITHUB_REPOSITORY: 'example/innkeeper',
        GITHUB_REPOSITORY_ID: REPOSITORY_ID,
        ...variables,
      },
    });
    if (ended.error !== undefined) throw ended.error;
    return { exitCode: ended.status, said: ended.stdout + ended.stderr, outputs: outputsOf(join(root, 'outputs')) };
  };
  return {
    root,
    write,
    run,
    read: path => readFileSync(join(root, path), 'utf8'),
    stub: (name, script) => write(name === './dev' ? 'dev' : `bin/${name}`, `#!/usr/bin/env bash\n${script}\n`, 0o755),
    bringUp: (environment, more = {}) =>
      write(
        `terraform/environments/${environment}/terraform.tfvars.json`,
        JSON.stringify({
          environment,
          google: { project_id: `innkeeper-${environment}`, project_number: PROJECT_NUMBER },
          github: { repository_id: REPOSITORY_ID },
          deployed: { functions: true, swarm: true, workers: true },
          ...more,
        }),
      ),
    git(...words) {
      const identity = ['-c', 'user.name=Example', '-c', 'user.email=example@example.com'];
      const { exitCode, said } = run(['git', ...identity, ...words]);
      if (exitCode !== 0) throw new Error(`git ${words.join(' ')}: ${said}`);
      return said.trim();
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function outputsOf(file: string): Record<string, string> {
  if (!existsSync(file)) return {};
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '');
  return Object.fromEntries(lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
