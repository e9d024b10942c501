import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { codeLines, commandsOf, inlineCommands, type TypedCommand, unknownWords } from './guide-commands.ts';
import { STEPS } from './steps.ts';

/** Every command, option and path that the guide names, and next steps: each program is asked for its help. */
const ROOT = join(import.meta.dirname, '../../../..');
const run = promisify(execFile);

let typed: readonly TypedCommand[];
const helps = new Map<string, string>();

beforeAll(async () => {
  const guide = await readFile(join(ROOT, 'packages/bring-up/GUIDE.md'), 'utf8');
  typed = [...[...codeLines(guide), ...inlineCommands(guide)].flatMap(commandsOf), ...(await toldCommands())];
  const words = [...new Set(dev().map(([word = '']) => word))].filter(word => !word.startsWith('-'));
  const programs = await programsOf(words);
  await Promise.all(
    words.map(async (word, index) => {
      const program = programs[index] ?? '';
      if (program !== '') helps.set(word, (await run(process.execPath, [program, '--help'], { cwd: ROOT })).stdout);
    }),
  );
});

/** What the doctor and `secrets` tell a person to do next, out of their sentences. */
async function toldCommands(): Promise<readonly TypedCommand[]> {
  const files = globSync('packages/{doctor,secrets}/src/**/*.ts', { cwd: ROOT });
  const own = files.filter(file => !file.endsWith('.test.ts'));
  const texts = await Promise.all(own.map(file => readFile(join(ROOT, file), 'utf8')));
  const told = texts.flatMap(text => [...text.matchAll(/\.\/dev (?<words>[a-z][^'`";:,.()\n]*)/gu)]);
  expect(told.length).toBeGreaterThan(30);
  return told.map(({ groups }) => ({ program: './dev', words: (groups?.['words'] ?? '').trim().split(/\s+/u) }));
}

const Package = z.object({ scripts: z.record(z.string(), z.string()) });

/** What `./dev` starts for each, by its own choice or by package.json; empty where there is no such command. */
async function programsOf(words: readonly string[]): Promise<readonly string[]> {
  const choice = /^ {2}case "\$command" in\n[\s\S]*?^ {2}esac$/mu.exec(await readFile(join(ROOT, 'dev'), 'utf8'))?.[0];
  const loop =
    'asks_for_help() { return 0; }; use_operator_file() { :; }\n' +
    `for command in "$@"; do program=; ${choice}\nprintf '%s\\n' "$program"; done`;
  const chosen = (await run('bash', ['-c', loop, 'bash', ...words])).stdout.split('\n');
  const { scripts } = Package.parse(JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')));
  return words.map((word, index) => chosen[index] || (/^node (?<program>\S+)$/u.exec(scripts[word] ?? '')?.[1] ?? ''));
}

const dev = () => typed.filter(({ program }) => program === './dev').map(({ words }) => words);

describe('the guide', () => {
  it('names only commands of ./dev that are there', () => {
    const unknown = dev().filter(([word = '']) => !word.startsWith('-') && !helps.has(word));
    expect(unknown).toEqual([]);
    expect(dev().length).toBeGreaterThan(30);
  });

  it('names only options and words that the command’s help has', () => {
    const strange = dev().flatMap(([word = '', ...words]) => {
      const help = helps.get(word);
      return help === undefined ? [] : unknownWords(words, help).map(each => `./dev ${word} … ${each}`);
    });
    expect(strange).toEqual([]);
  });

  it('names only paths that are there', () => {
    const environments = ['dev', 'staging', 'prod'];
    const isPath = (word: string): boolean =>
      /^(?:scripts|terraform|packages|ansible|secrets|functions|workers|playbooks|inventory)\/[\w./-]+$/u.test(word);
    const named = typed.flatMap(({ program, words }) =>
      [program, ...words].map(word => word.replace(/^-chdir=/u, '')).filter(isPath),
    );
    const made = /\.nodes\.json$|\.deploy\/|swarm\.sops\.yaml$/u;
    const missing = named
      .filter(path => !made.test(path))
      .flatMap(path => environments.map(environment => path.replaceAll(/\bENV\b/gu, environment)))
      .map(path => (/^(?:playbooks|inventory)\//u.test(path) ? `ansible/${path}` : path))
      .filter(path => !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
    expect(named.length).toBeGreaterThan(10);
  });

  it('names only stages that a deployment has', () => {
    const help = helps.get('deploy') ?? '';
    const stages = dev().flatMap(words =>
      words[0] === 'deploy' ? words.slice(words.indexOf('--only') + 1, words.indexOf('--only') + 2) : [],
    );
    expect(stages.filter(stage => /^[a-z]+$/u.test(stage) && !help.includes(stage))).toEqual([]);
    expect(STEPS.length).toBeGreaterThan(10);
  });
});
