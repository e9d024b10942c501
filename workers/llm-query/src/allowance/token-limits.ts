/** How many tokens of the language model may be used, and the answer to somebody who wants to use some. */
export interface TokenLimits {
  readonly perDay: number;
  readonly perPersonAndDay: number;
}

export interface TokenRequest {
  readonly person: string;
  /** At most. */
  readonly tokens: number;
}

export type Booking =
  | { readonly kind: 'booked'; readonly id: number }
  /** `person`: this person's share is used up; `everybody`: all of today's is. Milliseconds since the epoch. */
  | { readonly kind: 'used_up'; readonly by: 'person' | 'everybody'; readonly until: number };
