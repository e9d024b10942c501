import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cacheArguments, NO_LOCK } from '../src/restic/arguments.ts';
import { type ResticAccess, resticEnvironment } from '../src/restic/cli-restic.ts';

/**
 * restic itself on this terminal, with address, password and token in its environment alone. Its exit code;
 * `undefined` when it is not installed.
 */
export async function runRestic(
  access: ResticAccess,
  environment: Readonly<Record<string, string>>,
  words: readonly string[],
): Promise<number | undefined> {
  const args = [...cacheArguments(access.cacheDirectory), ...(access.readOnly === true ? [NO_LOCK] : []), ...words];
  const ignore = (): void => undefined; // Ctrl-C reaches restic, too, which gives its lock back and ends.
  process.on('SIGINT', ignore);
  const child = spawn(access.binary, args, {
    stdio: 'inherit',
    env: { ...environment, ...resticEnvironment(access) },
  });
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return code ?? 1;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  } finally {
    process.off('SIGINT', ignore);
  }
}
