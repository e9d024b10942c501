import { expect, it } from 'vitest';
import { progressLine } from './progress-line.ts';

const terminal = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, columns: 12, written, write: (text: string) => written.push(text) };
};

it('writes one line over itself on a terminal, cut to its width, and clears it at the end', () => {
  const shown = terminal(true);
  const line = progressLine(shown);
  line(undefined);
  line('[####----] 50 %');
  line(undefined);
  expect(shown.written).toEqual(['\r\u001B[2K[####----] ', '\r\u001B[2K']);
});

it('writes nothing where nobody watches', () => {
  const piped = terminal(false);
  progressLine(piped)('[####----] 50 %');
  expect(piped.written).toEqual([]);
});
