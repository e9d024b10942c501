import type { Trouble } from '../programs/trouble.ts';
import type { Deployment } from './deployment.ts';
import { STAGES, STAGES_TAKEN_BACK, type Stage } from './stages.ts';

/** A step as the state machine sees it. */
export interface PlannedStep {
  readonly id: string;
  readonly stage: Stage;
  readonly phase: number;
  readonly target: string;
  /** Whether its target may serve something else afterwards, and would have to be taken back. */
  readonly changesServing: boolean;
}

export type Action =
  | { readonly kind: 'step'; readonly step: PlannedStep }
  | { readonly kind: 'take_back'; readonly target: string }
  | { readonly kind: 'finish'; readonly outcome: NonNullable<Deployment['outcome']> };

export type Event =
  | { readonly kind: 'step_begun'; readonly step: PlannedStep }
  | {
      readonly kind: 'step_done';
      readonly step: PlannedStep;
      readonly version?: string;
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'step_failed'; readonly step: PlannedStep; readonly trouble: Trouble }
  | { readonly kind: 'taken_back'; readonly target: string; readonly warnings: readonly string[] }
  | { readonly kind: 'stuck'; readonly target: string; readonly trouble: Trouble };

/** Steps in the order in which they are done: by stage, by phase, then as they were named. */
export function inOrder(steps: readonly PlannedStep[]): readonly PlannedStep[] {
  return steps.toSorted((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) || a.phase - b.phase);
}

/** What to do next. Pure, and the same after a restart: it depends on nothing but what the journal keeps. */
export function nextAction(deployment: Deployment, steps: readonly PlannedStep[]): Action {
  if (deployment.direction === 'forward') {
    const step = inOrder(steps).find(({ id }) => !deployment.done.includes(id));
    return step === undefined ? { kind: 'finish', outcome: 'healthy' } : { kind: 'step', step };
  }
  for (const stage of STAGES_TAKEN_BACK) {
    const target = deployment.open.find(
      name => stageOf(name) === stage && !deployment.stuck.includes(name) && deployment.before[name] !== null,
    );
    if (target !== undefined) return { kind: 'take_back', target };
    // What stays new needs what was deployed with it: nothing it calls is taken from under it.
    if (deployment.stuck.some(name => stageOf(name) === stage)) break;
  }
  return { kind: 'finish', outcome: outcomeOf(deployment) };
}

function outcomeOf({ open, before, stuck, after }: Deployment): NonNullable<Deployment['outcome']> {
  if (stuck.length > 0) return 'rollback_failed';
  // What did not exist before has nothing to go back to, and nobody called it.
  const isAnythingLeft = open.some(name => before[name] !== null);
  if (isAnythingLeft) return 'rollback_failed';
  return Object.keys(after).length === 0 && open.length === 0 ? 'failed' : 'rolled_back';
}

/** What the journal says after something happened. Pure. */
export function advance(deployment: Deployment, event: Event): Deployment {
  switch (event.kind) {
    case 'step_begun':
      return event.step.changesServing
        ? { ...deployment, open: including(deployment.open, event.step.target) }
        : deployment;
    case 'step_done':
      return {
        ...deployment,
        done: including(deployment.done, event.step.id),
        after:
          event.version === undefined ? deployment.after : { ...deployment.after, [event.step.target]: event.version },
        warnings: [...deployment.warnings, ...event.warnings],
      };
    case 'step_failed':
      return { ...deployment, direction: 'back', failure: { stage: event.step.stage, ...event.trouble } };
    case 'taken_back':
      return {
        ...deployment,
        open: deployment.open.filter(name => name !== event.target),
        warnings: [...deployment.warnings, ...event.warnings],
      };
    case 'stuck':
      return {
        ...deployment,
        stuck: including(deployment.stuck, event.target),
        warnings: [...deployment.warnings, `${event.trouble.sentence} ${event.trouble.nextStep}`],
      };
    default:
      return event satisfies never;
  }
}

const STAGE_OF_KIND: Readonly<Record<string, Stage>> = { worker: 'workers', function: 'functions', swarm: 'ansible' };

/** Targets are named after what they are, so that a journal can be read without the code that wrote it. */
export const stageOf = (target: string): Stage | undefined => STAGE_OF_KIND[target.split('/')[0] ?? ''];

const including = (list: readonly string[], item: string): string[] =>
  list.includes(item) ? [...list] : [...list, item];
