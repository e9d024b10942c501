import { unreachable } from '@innkeeper/shared/result/result';
import type { Program, ProgramCall, ProgramFailure } from './program-runner.ts';
import type { Trouble } from './trouble.ts';

const INSTALLED_BY: Readonly<Record<Program, string>> = {
  'ansible-playbook': 'pip install -r ansible/requirements.txt',
  gcloud: 'cloud.google.com/sdk/docs/install',
  git: 'apt-get install git',
  node: 'nodejs.org',
  terraform: 'developer.hashicorp.com/terraform/install',
  wrangler: './dev check, which installs the packages',
};

/** What a person reads of a program that failed: what it was to do, how it ended, its last words, the next step. */
export function tellFailure(doing: string, call: ProgramCall, failure: ProgramFailure): Trouble {
  switch (failure.kind) {
    case 'missing': {
      const nextStep = `Install ${call.program} (${INSTALLED_BY[call.program]}), then run the deployment again.`;
      return { sentence: `${doing}: there is no ${call.program} on the PATH.`, nextStep };
    }
    case 'timed_out':
      return {
        sentence: `${doing}: ${call.program} had not ended after ${Math.round(call.timeoutMs / 1000)} s.`,
        nextStep: 'See the status page of the vendor, then run the deployment again: what is done is not done twice.',
      };
    case 'failed':
      return {
        sentence: `${doing}: ${call.program} ended with ${failure.exitCode}. ${failure.lastWords}`.trim(),
        nextStep: 'Mend what it says, then run the deployment again: what is done is not done twice.',
      };
    default:
      return unreachable(failure);
  }
}
