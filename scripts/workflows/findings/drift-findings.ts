import type { Finding } from '@innkeeper/github-reports/issues/finding';
import { codeBlock } from './code-block.ts';

/** What plan.sh and ansible-drift.sh left behind of one environment. A status that is none of theirs is a failure. */
export interface DriftRun {
  readonly environment: string;
  readonly terraform: { readonly status: string; readonly text: string; readonly policies: string };
  /** `markdown` as scripts/generate-diff.sh writes it. */
  readonly ansible: { readonly status: string; readonly markdown: string };
}

/** Reality against what the main branch says. Bodies hold only what differs, the same from day to day. Pure. */
export function driftFindings({ environment, terraform, ansible }: DriftRun): Finding[] {
  return [...terraformFindings(environment, terraform), ...ansibleFindings(environment, ansible)];
}

function terraformFindings(environment: string, run: DriftRun['terraform']): Finding[] {
  switch (run.status) {
    case 'unchanged':
      return [];
    case 'changed': {
      const body = [
        'Somebody changed something outside Terraform, or main was not deployed here yet.',
        '',
        '**Next step:** deploy main to put it back, or write the change into the values and deploy that.',
        '',
        codeBlock(planOf(run.text), 'diff'),
      ];
      return [{ key: 'terraform', title: `${environment}: Terraform would change something`, body: body.join('\n') }];
    }
    default: {
      const body = [
        'Whether reality differs is not known.',
        '',
        '**Next step:** what stands last says why; a token that has expired is renewed with `pnpm secrets`.',
        '',
        codeBlock(lastLines(`${planOf(run.text)}\n${run.policies}`)),
      ];
      const title = `${environment}: Terraform's plan could not be made or breaks a policy`;
      return [{ key: 'terraform-failed', title, body: body.join('\n') }];
    }
  }
}

function ansibleFindings(environment: string, run: DriftRun['ansible']): Finding[] {
  switch (run.status) {
    case 'unchanged':
      return [];
    case 'changed': {
      const body = [
        'Somebody changed something on the servers, or main was not deployed here yet.',
        '',
        '**Next step:** deploy main to put it back, or write the change into `ansible/` and deploy that.',
        '',
        run.markdown,
      ];
      return [{ key: 'ansible', title: `${environment}: Ansible would change something`, body: body.join('\n') }];
    }
    default: {
      const body = ['Whether the servers differ is not known.', '', codeBlock(lastLines(run.markdown))];
      return [
        {
          key: 'ansible-failed',
          title: `${environment}: Ansible could not look at the servers`,
          body: body.join('\n'),
        },
      ];
    }
  }
}

/** Without the lines about reading, which come in another order each time. */
export function planOf(text: string): string {
  const lines = text
    .split('\n')
    .filter(line => !/: (?:Refreshing state|Reading|Still reading|Read complete)\b/u.test(line));
  return lines.join('\n').trim();
}

const LINES_MAX = 40;

const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-LINES_MAX).join('\n');
