import { type Finding, URGENCIES, type Urgency } from './finding.ts';

/** All findings in figures, and what to do in which order. Pure. */
export interface Summary {
  readonly counts: { readonly well: number; readonly unwell: number; readonly notAsked: number };
  readonly nextSteps: readonly NextStep[];
  readonly exitCode: 0 | 1 | 2;
}

export interface NextStep {
  /** `later` for what only could not be asked. */
  readonly urgency: Urgency | 'later';
  readonly step: string;
  /** Ids of the findings that it is for. */
  readonly findings: readonly string[];
}

export function summarise(findings: readonly Finding[]): Summary {
  const count = (kind: Finding['verdict']['kind']): number =>
    findings.filter(({ verdict }) => verdict.kind === kind).length;
  const counts = { well: count('well'), unwell: count('unwell'), notAsked: count('not_asked') };
  return { counts, nextSteps: stepsOf(findings), exitCode: exitCodeOf(counts) };
}

/** What nobody looked at is not well: 0 is only for what was all asked. */
function exitCodeOf({ well, unwell, notAsked }: Summary['counts']): 0 | 1 | 2 {
  if (well + unwell === 0) return 2;
  return unwell === 0 && notAsked === 0 ? 0 : 1;
}

const ORDER: readonly NextStep['urgency'][] = [...URGENCIES, 'later'];

/** Each step once, however many findings ask for it, at the urgency of the most urgent. */
function stepsOf(findings: readonly Finding[]): NextStep[] {
  const steps = new Map<string, NextStep>();
  for (const { id, verdict } of findings) {
    if (verdict.kind === 'well' || verdict.nextStep === undefined) continue;
    const { nextStep: step } = verdict;
    const urgency = verdict.kind === 'unwell' ? verdict.urgency : 'later';
    const known = steps.get(step);
    steps.set(step, {
      urgency: known === undefined ? urgency : sooner(known.urgency, urgency),
      step,
      findings: [...(known?.findings ?? []), id],
    });
  }
  return [...steps.values()].sort((one, other) => ORDER.indexOf(one.urgency) - ORDER.indexOf(other.urgency));
}

const sooner = (one: NextStep['urgency'], other: NextStep['urgency']): NextStep['urgency'] =>
  ORDER.indexOf(one) <= ORDER.indexOf(other) ? one : other;
