import type { ProgramRunner } from './program-runner.ts';

/**
 * How long programs worked while the run waited for them: what is left of its duration is the runner's own. Calls that
 * overlap count once. What was started to stay (a mount, a database) does not count: it mostly waits.
 */
export interface TimedPrograms {
  readonly programs: ProgramRunner;
  readonly workedMs: () => number;
}

export function timePrograms(programs: ProgramRunner, monotonicMs: () => number): TimedPrograms {
  let running = 0;
  let since = 0;
  let workedMs = 0;
  return {
    workedMs: () => workedMs + (running === 0 ? 0 : monotonicMs() - since),
    programs: {
      start: call => programs.start(call),
      async run(call) {
        if (running === 0) since = monotonicMs();
        running += 1;
        try {
          return await programs.run(call);
        } finally {
          running -= 1;
          if (running === 0) workedMs += monotonicMs() - since;
        }
      },
    },
  };
}
