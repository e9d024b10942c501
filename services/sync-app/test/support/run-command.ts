import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

/** How a command of people ended. */
export interface CommandEnd {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const PACKAGE = path.resolve(import.meta.dirname, '../..');
/** Half of a command's time is loading its sources. */
const COMPILED = path.join(PACKAGE, 'node_modules/.cache/compiled');

/** `pnpm replay …` and its like as a process of its own, with this environment and nothing else. */
export function startCommand(
  command: 'backfill' | 'erase' | 'reconcile' | 'replay',
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
) {
  const child = spawn(process.execPath, [path.join(PACKAGE, 'src', command, 'main.ts'), ...words], {
    env: { PATH: process.env['PATH'] ?? '', ...environment, NODE_COMPILE_CACHE: COMPILED },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = async (): Promise<CommandEnd> => {
    const closed = once(child, 'close') as Promise<[code: number | null]>;
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { code, out, err };
  };
  return { child, ended: ended() };
}
