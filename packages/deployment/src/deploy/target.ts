import type { Result } from '@innkeeper/shared/result/result';
import type { Trouble } from '../programs/trouble.ts';
import type { Stage } from './stages.ts';

/** One thing that is deployed: a Worker, a function, the Swarm, an environment's infrastructure. */
export interface Target {
  /** As in `worker/guesty-webhook`. */
  readonly name: string;
  readonly stage: Stage;
  /** An error: this cannot be deployed, so nothing is. Asked before anything is changed; changes nothing. */
  readonly prerequisites?: () => Promise<Result<void, Trouble>>;
  /** Sentences of what a deployment would change; empty where nothing. Changes nothing. */
  readonly foresee: () => Promise<Result<readonly string[], Trouble>>;
  readonly steps: readonly Step[];
  /** Absent where nothing can be taken back. */
  readonly rollback?: Rollback;
}

/** May be cut off anywhere and is then done again: each looks first at what is done already. */
export interface Step {
  /** As in `worker/guesty-webhook: preview`. */
  readonly id: string;
  /** Steps of a stage go by phase, whatever target they are of. */
  readonly phase: number;
  /** Whatever serves is left alone by it. */
  readonly isHarmless?: true;
  readonly forward: (memory: Memory) => Promise<Result<Done, Trouble>>;
}

/** What the journal says of this target: what served before, and what its earlier steps made. */
export interface Memory {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface Done {
  /** Version of the target that this deployment made, as its vendor calls it. */
  readonly version?: string;
  readonly warnings?: readonly string[];
}

export interface Rollback {
  /** Version that serves now; undefined where there is nothing yet. */
  readonly survey: () => Promise<Result<string | undefined, Trouble>>;
  /** Makes `before` serve again; an error where that cannot be. */
  readonly takeBack: (before: string) => Promise<Result<Done, Trouble>>;
}
