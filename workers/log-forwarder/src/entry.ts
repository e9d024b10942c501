/** What becomes one entry of the log. Lower severities are not forwarded. */
export interface Entry {
  readonly severity: Severity;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /** The Worker that is spoken of. */
  readonly worker: string;
  /** Facts by name, or the words of a line that is not in the form of our own. */
  readonly payload: Facts | string;
}

export type Severity = 'WARNING' | 'ERROR';
export type Fact = string | number | boolean;
export type Facts = Readonly<Record<string, Fact>>;

/** An entry that Cloud Logging recognises when it is told again. */
export interface NamedEntry extends Entry {
  /** The same for the same event, and in the order in which things happened within one invocation. */
  readonly id: string;
}
