import { parseArgs } from 'node:util';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { EnvironmentName } from '../environment/environment-values.ts';
import { nameOf } from '../environment/read-environment.ts';
import type { Trouble } from '../programs/trouble.ts';
import { STAGES, type Stage } from './stages.ts';

export const HELP = `Usage: ./dev deploy --env <name> [--only <stages>] [--dry-run] [--yes] [--json] [--outcome <file>]
       ./dev deploy worker-configuration --env <name> [--outputs <file>] [--write]

Brings one environment to the commit that is checked out: Terraform, Ansible, functions, Workers, then all of it is
looked at. What does not get well is taken back: Workers, functions, then the Swarm.

  --env <name>      dev, staging or prod
  --only <stages>   some of ${STAGES.join(', ')}; separated by commas
  --dry-run         say what would happen, change nothing
  --yes             do not ask before prod
  --json            one JSON object per line: progress, then the outcome
  --outcome <file>  write the outcome there as JSON, however it ends
  --outputs <file>  what terraform output -json printed, instead of asking Terraform
  --write           write workers/<name>/.deploy/<env>.json instead of showing them

Exit code 0: healthy, or nothing to say against a dry run; 1: not; 2: called wrongly.`;

export interface DeployCommand {
  readonly kind: 'deploy';
  readonly environment: EnvironmentName;
  readonly stages: readonly Stage[];
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  readonly outcomeFile: string | undefined;
}

export interface WorkerConfigurationCommand {
  readonly kind: 'worker-configuration';
  readonly environment: EnvironmentName;
  readonly outputsFile: string | undefined;
  readonly write: boolean;
}

const SEE_HELP = './dev deploy --help says how.';

/** The words behind the command as a request; every wrong one gets a sentence. Pure. */
export function readCommand(words: readonly string[]): Result<DeployCommand | WorkerConfigurationCommand, Trouble> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(words);
  } catch (error) {
    return err({ sentence: error instanceof Error ? error.message : String(error), nextStep: SEE_HELP });
  }
  const { values, positionals } = parsed;
  const environment = nameOf(values.env);
  if (!environment.ok) return err({ sentence: environment.error.sentence, nextStep: SEE_HELP });
  const [subcommand, more] = positionals;
  if (more !== undefined || (subcommand !== undefined && subcommand !== 'worker-configuration')) {
    return err({ sentence: `"${more ?? subcommand}" is no part of this command.`, nextStep: SEE_HELP });
  }
  if (subcommand === 'worker-configuration') {
    return ok({
      kind: 'worker-configuration',
      environment: environment.value,
      outputsFile: values.outputs,
      write: values.write,
    });
  }
  const stages = readStages(values.only);
  if (!stages.ok) return stages;
  return ok({
    kind: 'deploy',
    environment: environment.value,
    stages: stages.value,
    dryRun: values['dry-run'],
    yes: values.yes,
    json: values.json,
    outcomeFile: values.outcome,
  });
}

const parse = (words: readonly string[]) =>
  parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      env: { type: 'string' },
      only: { type: 'string' },
      outcome: { type: 'string' },
      outputs: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });

/** What is deployed is looked at as well, said or not. */
function readStages(only: string | undefined): Result<readonly Stage[], Trouble> {
  if (only === undefined) return ok(STAGES);
  const named = only.split(',').map(word => word.trim());
  const unknown = named.filter(word => !STAGES.some(stage => stage === word));
  if (unknown.length > 0) {
    return err({
      sentence: `There is no stage "${unknown.join('", "')}": there are ${STAGES.join(', ')}.`,
      nextStep: SEE_HELP,
    });
  }
  return ok(STAGES.filter(stage => stage === 'verify' || named.includes(stage)));
}
