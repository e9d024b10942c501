import type { Finding } from './finding.ts';
import type { DoctorReport } from './report.ts';
import type { Summary } from './summarise.ts';

/** Findings as `--json` gives them. Pure. */
export function writeReport(
  about: { readonly environment: string; readonly askedAt: Date; readonly notes: readonly string[] },
  findings: readonly Finding[],
  { counts, nextSteps }: Summary,
): DoctorReport {
  return {
    v: 1,
    environment: about.environment,
    askedAt: about.askedAt.toISOString(),
    notes: [...about.notes],
    counts,
    findings: findings.map(({ id, group, title, verdict }) => ({
      id,
      group,
      title,
      verdict: verdict.kind,
      figure: verdict.figure,
      ...(verdict.kind === 'well' || verdict.nextStep === undefined ? {} : { nextStep: verdict.nextStep }),
      ...(verdict.kind === 'unwell' ? { urgency: verdict.urgency } : {}),
    })),
    nextSteps: nextSteps.map(step => ({ ...step, findings: [...step.findings] })),
  };
}
