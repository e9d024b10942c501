import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/** The browser for tests of pages: the one named by `CHROMIUM_PATH`, or the machine's own. Starts nothing. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export function findChromium(environment: Readonly<Record<string, string | undefined>>): Result<string, string> {
  const named = environment['CHROMIUM_PATH'];
  if (named !== undefined) {
    return isExecutable(named) ? ok(named) : err(`CHROMIUM_PATH names ${named}, which is no program.`);
  }
  const folders = (environment['PATH'] ?? '').split(path.delimiter);
  const found = NAMES.flatMap(name => folders.map(folder => path.join(folder, name))).find(isExecutable);
  return found === undefined
    ? err('There is no Chromium here. Debian: apt-get install chromium; otherwise name one in CHROMIUM_PATH.')
    : ok(found);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
