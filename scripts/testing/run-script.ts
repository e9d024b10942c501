import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

const SCRIPTS = resolve(import.meta.dirname, '..');

export interface ScriptEnd {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `scripts/<name>` in a folder, with programs of `bin` in front of the machine's own. */
export function runScript(name: string, words: readonly string[], { cwd = SCRIPTS, bin = '' } = {}): ScriptEnd {
  const { status, stdout, stderr } = spawnSync(join(SCRIPTS, name), words, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` },
  });
  return { code: status, out: stdout, err: stderr };
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-scripts-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder of programs, each a few lines of sh. */
export function programs(texts: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/** A repository with one commit for each set of files, oldest first. */
export function repositoryOf(...commits: readonly Readonly<Record<string, string>>[]): string {
  const folder = temporaryFolder();
  const git = (...words: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...words], { cwd: folder });
  git('init', '--quiet');
  for (const files of commits) {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    git('add', '--all');
    git('commit', '--quiet', '--message', 'change');
  }
  return folder;
}
