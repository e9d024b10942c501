import type { Finding } from '@innkeeper/github-reports/issues/finding';
import * as z from 'zod';

/** What scripts/backup-verify.sh --json says, as far as a person has to act on it. */
const Evidence = z.object({
  restorable: z.boolean(),
  findings: z.array(z.object({ kind: z.string().regex(/^[a-z_]+$/u), sentence: z.string(), nextStep: z.string() })),
});

export interface BackupCheck {
  readonly environment: string;
  readonly exitCode: number;
  /** What it printed. */
  readonly text: string;
}

/** One for each thing that stands between the company and its restoration. Silence counts as the worst. Pure. */
export function backupFindings({ environment, exitCode, text }: BackupCheck): Finding[] {
  const evidence = parse(text);
  const isTold = evidence !== undefined && evidence.restorable === (exitCode === 0);
  if (!isTold || (!evidence.restorable && evidence.findings.length === 0)) {
    return [
      {
        key: 'unknown',
        title: `${environment}: nobody knows whether the backups could be restored`,
        body:
          `\`scripts/backup-verify.sh\` ended with ${exitCode} and no verdict.\n\n` +
          '**Next step:** its last words in the run below say what it lacks; `./dev doctor` looks from a laptop.',
      },
    ];
  }
  return evidence.findings.map(({ kind, sentence, nextStep }) => ({
    key: kind,
    title: `${environment}: backups: ${kind.replaceAll('_', ' ')}`,
    body: `${sentence}\n\n**Next step:** ${nextStep}`,
  }));
}

function parse(text: string): z.infer<typeof Evidence> | undefined {
  try {
    return Evidence.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // Said as a finding of its own.
  }
}
