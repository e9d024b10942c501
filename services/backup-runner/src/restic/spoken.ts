import { parseLine } from './json-lines.ts';

/** What restic writes to standard error while it works, in plain words: the last lines, and how many were errors. */
export interface Spoken {
  hear(line: string): void;
  readonly words: () => string;
  /** Why it ended, in its own words; empty when it did not say. */
  readonly lastWords: () => string;
  /** Files, packs or locks it could not deal with. */
  readonly errors: () => number;
}

/** What was bad for the moment and is tried again, and locks that could not be taken away: nothing fails for these. */
const BYGONE = /returned error, retrying after|^Remove\(<lock\//u;
const LINES_KEPT = 200; // it repeats itself; why it ended is in the last ones

export function listenToRestic(): Spoken {
  let lines: string[] = [];
  let lastWords = '';
  let errors = 0;
  return {
    words: () => lines.slice(-LINES_KEPT).join('\n'),
    lastWords: () => lastWords,
    errors: () => errors,
    hear(text) {
      const line = parseLine(text);
      if (!('text' in line)) return;
      if (line.kind === 'exit_error') lastWords = line.text;
      else if (BYGONE.test(line.text)) return;
      if (line.kind === 'error') errors += 1;
      lines.push(line.text);
      if (lines.length >= 2 * LINES_KEPT) lines = lines.slice(-LINES_KEPT);
    },
  };
}
