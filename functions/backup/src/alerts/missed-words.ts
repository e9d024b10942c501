import type { MissedCause } from '../ports.ts';

/** Why the run of a day has not begun: to follow `was due at … and`, and the next step where it is one of its own. Pure. */
export function missedWords(cause: MissedCause): { readonly what: string; readonly action?: string } {
  switch (cause.kind) {
    case 'not_started':
      return { what: 'nobody started it' };
    case 'waits':
      return {
        what: `waits for run ${cause.behind} to end`,
        action: 'Nothing: `sweep` starts it afterwards. Start runs by hand earlier, or after the night’s.',
      };
    case 'unreadable':
      return {
        what: `the document of run ${cause.runId} cannot be read`,
        action: 'See in `backups/<run id>` who changed it. Its server is deleted; start a run by hand.',
      };
  }
}
