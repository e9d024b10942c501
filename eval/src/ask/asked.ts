import type { Clock, Day, Days } from '../world/calendar.ts';

/** One question with what is true. Data only. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Asked {
  readonly id: string;
  /** Of the sentence with its gaps: what is held back is held back by this. */
  readonly phrasing: string;
  readonly className: string;
  readonly language: Language;
  readonly isHeldBack: boolean;
  /** Said before in the thread, first to last. */
  readonly before: readonly string[];
  readonly text: string;
  /** Milliseconds. */
  readonly atMs: number;
  readonly roomId: string;
  readonly askerId: string;
  readonly scope: 'full' | 'operations';
  readonly truth: Truth;
}

/** One line that has to be in the answer. */
export interface ExpectedRow {
  /** The booking's code; for a turnover those of both. */
  readonly codes: readonly string[];
  readonly home: string;
  readonly guest: string;
  readonly at?: { readonly clock: Clock; readonly basis: 'planned' | 'default' };
  readonly day?: Day;
  readonly isUnconfirmed: boolean;
  readonly isMove: boolean;
}

export type Truth =
  /** Exactly these lines; none means that the answer says nobody. */
  | { readonly kind: 'stays'; readonly rows: readonly ExpectedRow[]; readonly days?: readonly Days[] }
  /** A number of these. `unit` as it may be called. */
  | { readonly kind: 'count'; readonly count: number; readonly unit: RegExp; readonly days?: readonly Days[] }
  /** Exactly these homes are called free. */
  | {
      readonly kind: 'free';
      readonly homes: readonly string[];
      readonly of: readonly string[];
      readonly days: readonly Days[];
    }
  | { readonly kind: 'yes_no'; readonly yes: boolean; readonly days: readonly Days[] }
  /** About these bookings and no others, and each of these words is said. */
  | {
      readonly kind: 'says';
      readonly words: readonly RegExp[];
      readonly never?: readonly RegExp[];
      readonly codes?: readonly string[];
    }
  /** Exactly these lines, told by what each must hold. */
  | { readonly kind: 'lines'; readonly lines: readonly (readonly string[])[]; readonly days?: readonly Days[] }
  /** Asks back, naming all of these, in one line. */
  | { readonly kind: 'ask_back'; readonly choices: readonly string[] }
  | { readonly kind: 'nobody'; readonly words?: readonly RegExp[] }
  | { readonly kind: 'not_shown' }
  /** Quotes one of these documents, with these words. */
  | { readonly kind: 'quotes'; readonly keys: readonly string[]; readonly words: string }
  /** Says that it does not know. */
  | { readonly kind: 'dont_know' }
  /** A short helpful reply, of which nothing is demanded but that it is one. */
  | { readonly kind: 'short_reply'; readonly charactersMax: number };
