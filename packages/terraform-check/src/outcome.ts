/** How one step of the check went. */
export interface Outcome {
  /** As in "prod: plan". */
  readonly name: string;
  /** For a person; empty when all is well. */
  readonly problems: readonly string[];
  /** What a person should know and what fails nothing. */
  readonly warnings: readonly string[];
  readonly durationMs: number;
  /** What was looked at, as in "41 resources". */
  readonly note: string;
  readonly counted: Counted;
}

/** What a step has of what the whole check adds up. */
export interface Counted {
  /** Managed resources of a plan. */
  readonly resources?: number;
  /** Runs of `terraform test`. */
  readonly runs?: number;
}

export interface Found {
  readonly problems: readonly string[];
  readonly warnings?: readonly string[];
  readonly note?: string;
  readonly counted?: Counted;
}

export type Tell = (outcome: Outcome) => void;

/** Does a step, measures and tells it. A step that throws is a bug of the check and counts as failed. */
export async function measure(name: string, tell: Tell, work: () => Promise<Found> | Found): Promise<boolean> {
  const started = performance.now();
  const {
    problems,
    warnings = [],
    note = '',
    counted = {},
  } = await Promise.resolve()
    .then(work)
    .catch((error: unknown): Found => ({ problems: [`the check itself failed: ${String(error)}`] }));
  tell({ name, problems, warnings, durationMs: performance.now() - started, note, counted });
  return problems.length === 0;
}
