import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Lines that a program of the machine prints when it ends with an error; none when it ends well. */
export async function problemsOfProgram(cwd: string, program: string, args: readonly string[]): Promise<string[]> {
  try {
    await promisify(execFile)(program, args, { cwd });
    return [];
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const lines = `${stdout}\n${stderr}`.split('\n').filter(line => line.trim() !== '');
    return lines.length === 0 ? [`${program}: ${String(error)}`] : lines;
  }
}
