import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundlePrograms } from './bundle-programs.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'programs-'));
  mkdirSync(path.join(root, 'src'));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(path.join(root, 'src', name), text);
const bundle = async (): Promise<string> => {
  const entries = { program: path.join(root, 'src/main.ts') };
  return (await bundlePrograms({ entries, cacheDirectory: path.join(root, 'cache') })).program;
};
const run = (file: string): string =>
  execFileSync(process.execPath, ['--no-strip-types', file], { encoding: 'utf8' }).trimEnd();

test('a program runs without the compiler, and knows where its source is', async () => {
  write('data.txt', 'beside');
  write('place.ts', `export const place: string = import.meta.dirname;`);
  write(
    'main.ts',
    `import { readFileSync } from 'node:fs';
import { place } from './place.ts';
console.log(place, readFileSync(new URL('./data.txt', import.meta.url), 'utf8'));`,
  );
  expect(run(await bundle())).toBe(`${path.join(root, 'src')} beside`);
});

test('the address of another module leads to a bundle, made again with what that one imports', async () => {
  const greet = (word: string): void => write('word.ts', `export const word: string = '${word}';`);
  greet('hello');
  write('other.ts', `import { word } from './word.ts'; export const said: string = word;`);
  write(
    'main.ts',
    `const { said } = await import(new URL('./other.ts', import.meta.url).href) as { said: string };
console.log(said);`,
  );
  expect(run(await bundle())).toBe('hello');
  greet('good day');
  expect(run(await bundle())).toBe('good day');
});

test('is not made again while its sources are the same', async () => {
  write('main.ts', `console.log('once' as string);`);
  const made = statSync(await bundle()).mtimeMs;
  expect(statSync(await bundle()).mtimeMs).toBe(made);
});

test('a failure names the line of the source', async () => {
  write(
    'main.ts',
    `interface Nothing {}\n\nconst fail = (): Nothing => {\n  throw new Error('so it fails');\n};\nfail();`,
  );
  const { stderr } = spawnSync(process.execPath, ['--enable-source-maps', await bundle()], { encoding: 'utf8' });
  expect(stderr).toContain(`${path.join(root, 'src/main.ts')}:4`);
});
