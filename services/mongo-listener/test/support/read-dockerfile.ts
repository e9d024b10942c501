import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Instructions of the image's last stage by their keyword, one line each. */
export function lastStage(): ReadonlyMap<string, readonly string[]> {
  const lines = readFileSync(join(import.meta.dirname, '../../Dockerfile'), 'utf8')
    .replaceAll(/^\s*#.*\n/gmu, '')
    .replaceAll(/\\\n\s*/gu, '')
    .split('\n')
    .filter(line => line !== '');
  const last = lines.slice(lines.findLastIndex(line => line.startsWith('FROM ')));
  return Map.groupBy(last, line => line.slice(0, line.indexOf(' ')));
}

/** The words of an instruction in its exec form; of several, those of the last. */
export function dockerfileWords(instructions: readonly string[] | undefined): string[] {
  const instruction = instructions?.at(-1) ?? '[]';
  return JSON.parse(instruction.slice(instruction.indexOf('['))) as string[];
}
