import type { Readable } from 'node:stream';

/** A node of `restic ls` with the longest path there can be is some 30 kB. */
const LINE_CHARACTERS_MAX = 1024 * 1024;

/** Whole lines as they come, the last also where nobody ended it. What goes beyond the maximum of a line is dropped. */
export async function* linesOf(stream: Readable, charactersMax: number = LINE_CHARACTERS_MAX): AsyncGenerator<string> {
  let held = '';
  for await (const chunk of stream.setEncoding('utf8') as AsyncIterable<string>) {
    const [first = '', ...others] = chunk.split('\n');
    held = `${held}${first}`.slice(0, charactersMax);
    for (const other of others) {
      yield held.replace(/\r$/u, '');
      held = other.slice(0, charactersMax);
    }
  }
  if (held !== '') yield held;
}
