import { fitSections, type Section } from '@innkeeper/github-reports/text/fit-sections';
import { BODY_CHARACTERS_MAX } from '@innkeeper/github-reports/text/fit-text';
import { codeBlock } from '../findings/code-block.ts';
import { planOf } from '../findings/drift-findings.ts';

/** What the jobs of a pull request left behind for one environment; `undefined`: nothing came. */
export interface EnvironmentReport {
  readonly environment: string;
  /** `status`: unchanged, changed, failed, or none: there was no identity, and `text` says why. */
  readonly plan: { readonly status: string; readonly text: string; readonly policies: string } | undefined;
  /** Markdown of scripts/generate-diff.sh. */
  readonly servers: string | undefined;
}

export interface PullRequestReport {
  readonly environments: readonly EnvironmentReport[];
  /** Markdown of ./dev dry-run-deploy. */
  readonly dryRun: string | undefined;
  readonly runUrl: string;
}

/** For the marker and what a store puts around it. */
const RESERVED_CHARACTERS = 200;

/** The comment of a pull request: a table to look at, and below it the texts, each as long as there is room. Pure. */
export function composeComment({ environments, dryRun, runUrl }: PullRequestReport): string {
  const rows = environments.map(each => `| ${each.environment} | ${planInWords(each)} | ${serversInWords(each)} |`);
  const head = [
    '## What this would change',
    '',
    '| environment | Terraform | servers |',
    '| --- | --- | --- |',
    ...rows,
    '',
    dryRun === undefined ? '**The dry run of Workers and functions left nothing behind.**' : dryRunInWords(dryRun),
  ].join('\n');
  const sections = [...environments.flatMap(sectionsOf), { title: 'Workers and functions', text: dryRun ?? '' }];
  return fitSections(
    head,
    sections.filter(({ text }) => text !== ''),
    BODY_CHARACTERS_MAX - RESERVED_CHARACTERS,
    `The artifacts of [the run](${runUrl}) have all of it.`,
  );
}

function planInWords({ plan }: EnvironmentReport): string {
  switch (plan?.status) {
    case 'unchanged':
      return 'nothing';
    case 'changed':
      return /^Plan: .*$/mu.exec(plan.text)?.[0] ?? 'changes outputs alone';
    case 'none':
      return plan.text.trim();
    case undefined:
      return '**nothing came: see the job**';
    default:
      return '**failed**';
  }
}

function serversInWords({ servers }: EnvironmentReport): string {
  if (servers === undefined) return '**nothing came: see the job**';
  return /^Nothing changes on the servers/mu.test(servers)
    ? 'nothing'
    : (/^\d+ parts? differs?, \d+ changed lines/mu.exec(servers)?.[0] ?? 'something');
}

const dryRunInWords = (dryRun: string): string =>
  dryRun.includes('cannot be deployed')
    ? '**Not every Worker and function can be deployed.**'
    : 'Every Worker and function can be deployed.';

function sectionsOf({ environment, plan, servers }: EnvironmentReport): Section[] {
  const isTold = plan !== undefined && plan.status !== 'unchanged' && plan.status !== 'none';
  const policies = plan?.status === 'failed' && plan.policies !== '' ? [codeBlock(plan.policies)] : [];
  const plans = isTold
    ? [{ title: `${environment}: Terraform`, text: [codeBlock(planOf(plan.text), 'diff'), ...policies].join('\n\n') }]
    : [];
  return servers === undefined || /^Nothing changes on the servers/mu.test(servers)
    ? plans
    : [...plans, { title: `${environment}: servers`, text: servers }];
}
