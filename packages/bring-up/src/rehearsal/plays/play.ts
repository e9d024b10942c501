import type { House } from '../house/open-house.ts';
import type { Typed } from '../house/terminal.ts';

/** How one command of the guide is rehearsed. */
export interface Play {
  /** `real`: as on any other day; `stand-in`: a program or vendor is played; `not_here`: is not typed at all. */
  readonly how: 'real' | 'stand_in' | 'not_here';
  /** What it ran against, or why it did not run. */
  readonly note: string;
  /** What somebody does before it by hand. */
  readonly before?: (house: House) => Promise<void>;
  /** What somebody types when asked, known once the command begins. */
  readonly stdin?: (house: House) => string;
  /** The command as it is typed where nobody can be asked. */
  readonly typed?: (command: string) => string;
  /** Exit codes that are no failure; 0 alone unless said. */
  readonly exitCodes?: readonly number[];
  /** It is typed again until it prints this. */
  readonly until?: RegExp;
  /** What it has to print. */
  readonly prints?: RegExp;
  /** What of its output is worth a line of the report. */
  readonly shows?: RegExp;
  readonly after?: (house: House, typed: Typed) => Promise<void>;
}

/** A command of the guide, as it stands there, with its play. The first rule that fits counts. */
export type Rule = readonly [command: RegExp, play: Play];
