import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Debian keeps the server's programs off the PATH, in one folder for each major version. */
const DEBIAN_ROOT = '/usr/lib/postgresql';
/** PostgreSQL refuses to be run by root; Debian's package makes this user for it. */
export const SERVER_USER = 'postgres';

export const isRoot = (): boolean => process.getuid?.() === 0;

/** Folder of `initdb` and `postgres`, of the newest version that Debian's packages brought. */
export function debianServerPrograms(): string | undefined {
  const versions = existsSync(DEBIAN_ROOT) ? readdirSync(DEBIAN_ROOT) : [];
  const newest = versions
    .filter(version => existsSync(join(DEBIAN_ROOT, version, 'bin', 'initdb')))
    .toSorted((left, right) => Number(right) - Number(left))[0];
  return newest === undefined ? undefined : join(DEBIAN_ROOT, newest, 'bin');
}

/**
 * A command line run as PostgreSQL's own user where this process is root. `setpriv` becomes the program, so that its
 * process id is the server's, and ends it with its parent.
 */
export function asServerUser(command: readonly string[]): { readonly program: string; readonly args: string[] } {
  const user = isRoot() ? [`--reuid=${SERVER_USER}`, `--regid=${SERVER_USER}`, '--clear-groups'] : [];
  return { program: 'setpriv', args: ['--pdeathsig=QUIT', ...user, ...command] };
}
