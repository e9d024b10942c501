import type { Finding } from './finding.ts';

/** Next steps are commands to be copied: `ENV` in them becomes the environment's name. Pure. */
export function nameEnvironment(findings: readonly Finding[], environment: string): Finding[] {
  return findings.map(finding => {
    const { verdict } = finding;
    if (verdict.kind === 'well' || verdict.nextStep === undefined) return finding;
    return { ...finding, verdict: { ...verdict, nextStep: verdict.nextStep.replaceAll(/\bENV\b/gu, environment) } };
  });
}
