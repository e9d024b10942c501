import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { REPOSITORY, type StackHome } from '../../supervisor/stack-home.ts';

/** What an operator types as `./dev …`: the command's own program, told of this stack; its exit code and what it printed. */
export async function runOperatorCommand(
  home: StackHome,
  program: string,
  args: readonly string[],
): Promise<{ readonly code: number; readonly output: string }> {
  const child = spawn(process.execPath, [`--env-file=${home.operatorFile}`, join(REPOSITORY, program), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number>(resolve => child.once('close', exit => resolve(exit ?? 1)));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, output: out + err };
}
