import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface ToolRun {
  readonly exitCode: number;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** Runs a tool of the workspace's `node_modules/.bin` to its end and keeps what it prints. */
export function runTool(root: string, tool: string, args: readonly string[], cwd = root): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin', tool), args, {
      cwd,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal !== null) reject(new Error(`${tool} was ended by ${signal}`));
      else resolve({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

/** A tool whose exit code is the verdict and whose output explains it. */
export async function problemsOfTool(root: string, tool: string, args: readonly string[]): Promise<string[]> {
  const { exitCode, output } = await runTool(root, tool, args);
  if (exitCode === 0) return [];
  return [output.trim() === '' ? `${tool} ended with ${exitCode} and said nothing` : output.trim()];
}
