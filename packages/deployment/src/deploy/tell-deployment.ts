import type { DeploymentOutcome } from './outcome.ts';
import type { Progress } from './run-deployment.ts';

export interface Screen {
  /** What a deployment would change. */
  readonly foreseen: (sentence: string) => void;
  readonly progress: (progress: Progress) => void;
  readonly outcome: (outcome: DeploymentOutcome) => void;
}

/** Lines for a person, or one JSON object a line for a program. */
export function createScreen(write: (line: string) => void, asJson: boolean): Screen {
  if (asJson) {
    return {
      foreseen: sentence => write(JSON.stringify({ kind: 'foreseen', sentence })),
      progress: progress => write(JSON.stringify(progress)),
      outcome: outcome => write(JSON.stringify(outcome)),
    };
  }
  return {
    foreseen: write,
    progress: progress => {
      if (progress.kind === 'began') write(`… ${progress.what}`);
      else if (progress.kind === 'failed') write(`✗ ${progress.what}: ${progress.trouble.sentence}`);
      else write(`✓ ${progress.what} (${Math.round(progress.ms / 100) / 10} s)${versionOf(progress.version)}`);
    },
    outcome: ({ outcome, sentence, nextStep, warnings }) => {
      write(`\n${outcome === 'healthy' ? '✓' : '✗'} ${outcome.replace('_', ' ')}: ${sentence}`);
      for (const warning of warnings) write(`! ${warning}`);
      if (outcome !== 'healthy') write(`→ ${nextStep}`);
    },
  };
}

const versionOf = (version: string | undefined): string => (version === undefined ? '' : ` → ${version}`);
