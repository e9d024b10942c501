import type { Finding } from '@innkeeper/github-reports/issues/finding';
import * as z from 'zod';

/** What `./dev deploy --json` says of a deployment, as far as a person has to know it. */
const Outcome = z.object({
  outcome: z.enum(['healthy', 'rolled_back', 'failed', 'rollback_failed']),
  stage: z.string(),
  sentence: z.string(),
  nextStep: z.string(),
  versions: z.object({
    before: z.record(z.string(), z.string().nullable()),
    after: z.record(z.string(), z.string()),
  }),
  warnings: z.array(z.string()),
});
type Outcome = z.infer<typeof Outcome>;

export interface DeploymentRun {
  readonly environment: string;
  readonly exitCode: number;
  /** What it printed. */
  readonly text: string;
}

const HOW = {
  rolled_back: 'failed and was taken back',
  failed: 'failed before anything that serves was changed',
  rollback_failed: 'failed and could not be taken back: a person is needed now',
} as const;

/** `failure` where the environment is not as it was to be; `warnings` where a person should look. Pure. */
export function deploymentFindings({ environment, exitCode, text }: DeploymentRun): Finding[] {
  const outcome = parseOutcome(text);
  if (outcome === undefined) return [unreadable(environment, exitCode)];
  const warnings = outcome.warnings.length === 0 ? [] : [warningsOf(environment, outcome)];
  if (outcome.outcome !== 'healthy') return [failureOf(environment, outcome, HOW[outcome.outcome]), ...warnings];
  return exitCode === 0 ? warnings : [unreadable(environment, exitCode)];
}

function parseOutcome(text: string): Outcome | undefined {
  try {
    return Outcome.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // Cut off, or nothing: said as a finding of its own.
  }
}

const unreadable = (environment: string, exitCode: number): Finding => ({
  key: 'failure',
  title: `${environment}: the deployment ended without an outcome`,
  body:
    `\`./dev deploy\` ended with ${exitCode} and did not say how ${environment} is now.\n\n` +
    '**Next step:** read the end of its log in the run below, then deploy again: it goes on where this one stopped.',
});

function failureOf(environment: string, { stage, sentence, nextStep, versions }: Outcome, how: string): Finding {
  const targets = Object.keys({ ...versions.before, ...versions.after }).toSorted();
  const rows = targets.map(name => `| ${name} | ${versions.before[name] ?? '–'} | ${versions.after[name] ?? '–'} |`);
  const table = rows.length === 0 ? [] : ['', '| target | served before | made now |', '| --- | --- | --- |', ...rows];
  return {
    key: 'failure',
    title: `${environment}: the deployment ${how} (${stage})`,
    body: [sentence, '', `**Next step:** ${nextStep}`, ...table].join('\n'),
  };
}

const warningsOf = (environment: string, { outcome, warnings }: Outcome): Finding => ({
  key: 'warnings',
  title: `${environment}: the deployment left ${warnings.length === 1 ? 'a warning' : `${warnings.length} warnings`}`,
  body: [
    outcome === 'healthy'
      ? 'Nothing was taken back for these; a person should look.'
      : 'Noticed on the way; a person should look, once the failure is mended.',
    '',
    ...warnings.map(warning => `- ${warning.replaceAll('\n', ' ')}`),
  ].join('\n'),
});
