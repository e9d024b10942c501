import type { Deployment } from './deployment.ts';
import type { Stage } from './stages.ts';

/** How a deployment ended, for programs: `--json`, and the file that a workflow turns into an issue. */
export interface DeploymentOutcome {
  readonly outcome: NonNullable<Deployment['outcome']>;
  /** Where it failed; the last one where it did not. */
  readonly stage: Stage;
  readonly sentence: string;
  readonly nextStep: string;
  /** By target. `after` is what this deployment made, whether or not it serves now. */
  readonly versions: {
    readonly before: Readonly<Record<string, string | null>>;
    readonly after: Readonly<Record<string, string>>;
  };
  /** Targets that do not serve what they served before. */
  readonly changed: readonly string[];
  readonly warnings: readonly string[];
}

export function outcomeOf(deployment: Deployment): DeploymentOutcome {
  const { before, after, open, stages, failure } = deployment;
  const outcome = deployment.outcome ?? 'failed';
  const told = {
    outcome,
    versions: { before, after },
    changed: open,
    warnings: [...deployment.warnings, ...fresh(deployment)],
  };
  if (outcome === 'healthy' || failure === undefined) {
    const sentence = `${deployment.environment} runs ${deployment.commit.slice(0, 12)}.`;
    return { ...told, stage: stages.at(-1) ?? 'verify', sentence, nextStep: 'Nothing.' };
  }
  const { stage, nextStep } = failure;
  switch (outcome) {
    case 'rolled_back': {
      const sentence = `${failure.sentence} What had been deployed was taken back${terraformNote(deployment)}.`;
      return { ...told, stage, sentence, nextStep };
    }
    case 'rollback_failed': {
      const left = open.filter(name => before[name] !== null);
      const sentence = `${failure.sentence} Not taken back: ${left.join(', ')}${terraformNote(deployment)}.`;
      return {
        ...told,
        stage,
        sentence,
        nextStep: `${nextStep} Then deploy again, which goes on from here, or deploy the last good commit.`,
      };
    }
    case 'failed':
      return {
        ...told,
        stage,
        sentence: `${failure.sentence} Nothing that serves was changed${terraformNote(deployment)}.`,
        nextStep,
      };
    default:
      return outcome satisfies never;
  }
}

/** What did not exist before has nothing to go back to. */
const fresh = ({ outcome, open, before }: Deployment): string[] =>
  outcome === 'healthy'
    ? []
    : open.filter(name => before[name] === null).map(name => `${name} is new and stays; nothing was there before.`);

const APPLIED = 'terraform: apply';

const terraformNote = ({ done }: Deployment): string =>
  done.includes(APPLIED) ? '; what Terraform applied stays, because nothing takes it back but a new plan' : '';
