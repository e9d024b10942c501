import type { Finding } from './finding.ts';

/** Next steps are commands to be copied: `ENV` and `PROJECT` in them become the environment's own. Pure. */
export function nameEnvironment(
  findings: readonly Finding[],
  { environment, project }: { readonly environment: string; readonly project: string },
): Finding[] {
  return findings.map(finding => {
    const { verdict } = finding;
    if (verdict.kind === 'well' || verdict.nextStep === undefined) return finding;
    const nextStep = verdict.nextStep.replaceAll(/\bENV\b/gu, environment).replaceAll(/\bPROJECT\b/gu, project);
    return { ...finding, verdict: { ...verdict, nextStep } };
  });
}
