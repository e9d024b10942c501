import { ageMs, DAY_MS, describeSpan } from '../asking/age.ts';
import { type AskError, type Asked, judgeAskError } from '../asking/ask-error.ts';
import { notAsked, unwell, type Verdict, well } from '../report/finding.ts';

/** How a credential stands, and what a person thinks of it. Pure. */
export type Standing =
  | { readonly kind: 'absent'; readonly why: string; readonly nextStep: string }
  | { readonly kind: 'usable'; readonly figure: string; readonly expiresAt?: Date }
  /** Opens nothing any more. */
  | { readonly kind: 'refused' }
  /** Could not be tried: its checks are asked all the same. */
  | { readonly kind: 'unknown'; readonly error: AskError };

/** A month, as Terraform’s own check says for Cloudflare’s tokens: time for one quiet moment. */
export const EXPIRY_MS_MIN = 30 * DAY_MS;
/** What ends within a week ends before somebody comes back from a holiday. */
export const EXPIRY_URGENT_MS_MIN = 7 * DAY_MS;

export const refusalStep = ({ credential, renewal }: Asked): string => `${credential}: ${renewal}`;

export function judgeStanding(standing: Standing, asked: Asked, now: Date): Verdict {
  switch (standing.kind) {
    case 'absent':
      return notAsked(standing.why, standing.nextStep);
    case 'refused':
      return unwell('today', `${asked.name} refuses it`, refusalStep(asked));
    case 'unknown':
      return judgeAskError(standing.error, asked);
    case 'usable':
      return judgeExpiry(standing, asked, now);
  }
}

function judgeExpiry({ figure, expiresAt }: Extract<Standing, { kind: 'usable' }>, asked: Asked, now: Date): Verdict {
  if (expiresAt === undefined) return well(figure);
  const leftMs = -ageMs(expiresAt, now);
  const left = `${figure}, ${describeSpan(leftMs)} left`;
  if (leftMs >= EXPIRY_MS_MIN) return well(left);
  const step = `${asked.credential}: ${asked.extension ?? asked.renewal}`;
  return unwell(leftMs < EXPIRY_URGENT_MS_MIN ? 'now' : 'this_week', left, step);
}
