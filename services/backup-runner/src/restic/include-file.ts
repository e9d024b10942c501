import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A file for `--include-file`, there as long as `use` takes: thousands of paths do not fit a command line, and restic
 * cannot open a pipe from this process by name. `undefined` without paths.
 */
export async function withIncludeFile<T>(
  paths: readonly string[] | undefined,
  use: (file: string | undefined) => Promise<T>,
): Promise<T> {
  if (paths === undefined) return use(undefined);
  const folder = await mkdtemp(join(tmpdir(), 'restic-include-'));
  try {
    const file = join(folder, 'paths');
    await writeFile(file, paths.map(path => `${includePattern(path)}\n`).join(''));
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * An absolute path as a line that matches just itself: restic expands variables there, trims lines, and reads the rest
 * as a shell pattern. A line break inside a name can only be written as "any one character". Pure.
 */
export const includePattern = (path: string): string =>
  path
    .replaceAll(/[\\*?[]/gu, character => `\\${character}`)
    .replaceAll('$', '$$$$')
    .replaceAll(/[\r\n]/gu, '?')
    .replace(/\s+$/u, blanks => blanks.replaceAll(/./gsu, '[$&]'));
