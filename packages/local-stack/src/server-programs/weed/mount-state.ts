import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Which folders look mounted: a file beside each says which process shows it. It is written once everything is there,
 * and only counts while that process lives.
 */
const stateFile = (directory: string): string => `${resolve(directory)}.mounted`;

export function markMounted(directory: string): void {
  writeFileSync(stateFile(directory), String(process.pid));
}

export function unmarkMounted(directory: string): void {
  rmSync(stateFile(directory), { force: true });
}

/** The process that shows something below the folder; `undefined` when nothing does. */
export function mountedBy(directory: string): number | undefined {
  try {
    const pid = Number(readFileSync(stateFile(directory), 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined; // No file, or nobody of that number.
  }
}
