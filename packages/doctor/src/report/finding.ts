/** What the doctor found, one for each check. All of it may be shown: no secret, no payload, no vendor's sentence. */
export const GROUPS = [
  'credentials',
  'backups',
  'firestore',
  'names',
  'webhooks',
  'queues',
  'listener',
  'qdrant',
  'functions',
  'workers',
  'secrets',
] as const;
export type Group = (typeof GROUPS)[number];

/** How soon a person has to act, the most urgent first. */
export const URGENCIES = ['now', 'today', 'this_week'] as const;
export type Urgency = (typeof URGENCIES)[number];

export type Verdict =
  /** `figure`: what was read, in a few words. */
  | { readonly kind: 'well'; readonly figure: string }
  | { readonly kind: 'unwell'; readonly figure: string; readonly nextStep: string; readonly urgency: Urgency }
  /** Nothing is known. `nextStep` is how it could be asked; absent where there is nothing to ask yet. */
  | { readonly kind: 'not_asked'; readonly figure: string; readonly nextStep?: string };

export interface Finding {
  /** Stable: `group/check` or `group/check/subject`. */
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  readonly verdict: Verdict;
}

/** Names in a figure may be a vendor’s: a line holds no more of them than this. */
const FIGURE_LENGTH_MAX = 400;

const shorten = (figure: string): string =>
  figure.length <= FIGURE_LENGTH_MAX ? figure : `${figure.slice(0, FIGURE_LENGTH_MAX).toWellFormed()}…`;

export const well = (figure: string): Verdict => ({ kind: 'well', figure: shorten(figure) });

export const unwell = (urgency: Urgency, figure: string, nextStep: string): Verdict => ({
  kind: 'unwell',
  figure: shorten(figure),
  nextStep,
  urgency,
});

export const notAsked = (figure: string, nextStep?: string): Verdict => ({
  kind: 'not_asked',
  figure: shorten(figure),
  ...(nextStep === undefined ? {} : { nextStep }),
});
