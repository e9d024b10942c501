/** Something that must not have happened, and when it became wrong. */
export interface Flaw {
  readonly atMs: number;
  readonly text: string;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

export const instant = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 16);
