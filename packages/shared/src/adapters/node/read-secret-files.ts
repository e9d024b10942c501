import { readFileSync } from 'node:fs';

/**
 * An environment in which each named secret that is given as `<NAME>_FILE` stands under its own name: the file's text
 * without the line break at its end. A file that cannot be read is as good as missing: the configuration says so by name.
 */
export function readSecretFiles(
  names: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string = path => readFileSync(path, 'utf8'),
): Record<string, string | undefined> {
  const found: Record<string, string | undefined> = { ...environment };
  for (const name of names) {
    const path = environment[`${name}_FILE`];
    if (path !== undefined && path !== '') found[name] = readOrNothing(path, readFile);
  }
  return found;
}

function readOrNothing(path: string, readFile: (path: string) => string): string | undefined {
  try {
    return readFile(path).replace(/\r?\n$/u, '');
  } catch {
    return undefined;
  }
}
