import { describe, expect, test } from 'vitest';
import { progressBar, progressScreen } from './progress-screen.ts';

const output = (isTTY: boolean) => {
  const written: string[] = [];
  return { written, isTTY, write: (text: string) => void written.push(text) };
};

describe('on a terminal', () => {
  test('a bar says how far, how fast and how long still', () => {
    const bar = progressBar({ name: 'guesty listings', done: 30, total: 120, perSecond: 4.5, note: '12 sent' });
    expect(bar).toBe('guesty listings           ██████──────────────────   25 %  30 of 120  4.5/s  20 s left  12 sent');
  });

  test.each([
    [{ name: 'a', done: 1_204 }, /─{24} {9}1,204$/u],
    [{ name: 'a', done: 0, total: 0 }, /─{24} {9}0 of 0$/u],
    [{ name: 'a', done: 12, total: 10 }, /█{24}  100 %/u],
  ])('%j, too', (progress, line) => {
    expect(progressBar(progress)).toMatch(line);
  });

  test('bars are drawn over until they end', () => {
    const terminal = output(true);
    const screen = progressScreen(terminal, 'walk.progressed');
    const both = [
      { name: 'a', done: 1 },
      { name: 'b', done: 2 },
    ];
    screen.show(both);
    screen.show(both);
    screen.end();
    screen.show([{ name: 'c', done: 3 }]);
    expect(terminal.written.map(text => text.startsWith('\u001B[2A'))).toEqual([false, true, false]);
  });
});

describe('elsewhere', () => {
  test('there is one line of JSON for each change, and none for a rate alone', () => {
    const file = output(false);
    const screen = progressScreen(file, 'walk.progressed');
    screen.show([{ name: 'a', done: 1, total: 4, perSecond: 1 }]);
    screen.show([{ name: 'a', done: 1, total: 4, perSecond: 0.5 }]);
    screen.show([{ name: 'a', done: 2, total: 4, perSecond: 1 }]);
    expect(file.written.map(line => JSON.parse(line) as unknown)).toEqual([
      { event: 'walk.progressed', name: 'a', done: 1, total: 4, perSecond: 1, secondsLeft: 3 },
      { event: 'walk.progressed', name: 'a', done: 2, total: 4, perSecond: 1, secondsLeft: 2 },
    ]);
  });
});
