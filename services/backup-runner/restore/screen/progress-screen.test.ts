import { describe, expect, it } from 'vitest';
import { progressScreen } from './progress-screen.ts';

function watch(isTTY: boolean) {
  let written = '';
  let now = 0;
  const screen = progressScreen({ isTTY, write: text => (written += text) }, () => now);
  return { screen, pass: (ms: number) => (now += ms), written: () => written };
}

describe('progress', () => {
  it('is a bar with rate and time left on a terminal', () => {
    const { screen, pass, written } = watch(true);
    const tell = screen.begin('files');
    pass(2000);
    tell({ bytesDone: 25_000_000, bytesTotal: 100_000_000 });
    expect(written()).toContain('██████──────────────────  25 %  12.5 MB/s  6 s left');
  });

  it('is a line of JSON a second elsewhere, and one at the end', () => {
    const { screen, pass, written } = watch(false);
    const tell = screen.begin('files');
    for (const bytesDone of [0, 10, 20, 30, 40]) {
      tell({ bytesDone, bytesTotal: 40 });
      pass(400);
    }
    const lines = written()
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ percent }) => percent)).toEqual([0, 75, 100]);
    expect(lines.at(-1)).toEqual({
      event: 'restore.progressed',
      name: 'files',
      bytesDone: 40,
      bytesTotal: 40,
      percent: 100,
      bytesPerSecond: 25,
      secondsLeft: 0,
    });
  });
});
