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

export type Environment = Readonly<Record<string, string>>;

const PACKAGE = path.resolve(import.meta.dirname, '../..');
/** Half of a command's time is loading its sources. */
export const COMPILED = path.join(PACKAGE, 'node_modules/.cache/compiled');

/** `pnpm restore …` or `pnpm backups …` as a process of its own, with this environment and nothing else. */
export function startCommand(
  command: 'restore' | 'operate',
  words: readonly string[],
  environment: Environment,
  workingDirectory: string,
) {
  const child = spawn(process.execPath, [path.join(PACKAGE, command, 'main.ts'), ...words], {
    cwd: workingDirectory,
    env: { ...environment, NODE_COMPILE_CACHE: COMPILED },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = async (): Promise<CommandEnd> => {
    const closed = once(child, 'close') as Promise<[code: number | null]>;
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { code, out, err };
  };
  return { child, ended: ended() };
}
