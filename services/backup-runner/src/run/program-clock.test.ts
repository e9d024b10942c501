import { describe, expect, it } from 'vitest';
import { timePrograms } from './program-clock.ts';
import type { ProgramEnd, ProgramRunner } from './program-runner.ts';

describe('the time programs take', () => {
  it('counts what overlaps once, and what still runs until now', async () => {
    let nowMs = 0;
    const ends: (() => void)[] = [];
    const end: ProgramEnd = { code: 0, signal: undefined, missing: false, stdout: '', stderr: '' };
    const programs: ProgramRunner = {
      run: () => new Promise(resolve => ends.push(() => resolve(end))),
      start: () => {
        throw new Error('not here');
      },
    };
    const timed = timePrograms(programs, () => nowMs);
    const call = { program: 'restic', args: [] };
    nowMs = 100;
    const first = timed.programs.run(call);
    nowMs = 110;
    const second = timed.programs.run(call);
    nowMs = 120;
    ends[0]?.();
    await first;
    expect(timed.workedMs()).toBe(20);
    nowMs = 150;
    ends[1]?.();
    await second;
    nowMs = 1000;
    expect(timed.workedMs()).toBe(50);
  });
});
