/** A place in a folded text, and what stands there. */
export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly mark: Mark;
}

/** What stands in the text instead. Square brackets hold no digits, so a second pass finds nothing. */
export const MARKS = {
  email: '[e-mail]',
  phone: '[phone number]',
  card: '[card number]',
  code: '[code]',
  secret: '[secret]',
} as const;
export type Mark = keyof typeof MARKS;
