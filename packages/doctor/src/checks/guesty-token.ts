import type { OperateResponse } from '@innkeeper/shared/contracts/operate';
import { err } from '@innkeeper/shared/result/result';
import { ageMs, describeSpan } from '../asking/age.ts';
import { askOperateError } from '../asking/operate-error.ts';
import { VENDORS } from '../asking/vendors.ts';
import type { Expected } from '../expected/expected.ts';
import { unwell, type Verdict, well } from '../report/finding.ts';
import { onceDeployed } from '../run/availability.ts';
import { type Check, check } from '../run/check.ts';
import type { World } from '../world.ts';

/**
 * Guesty’s credential, by the token that its Worker holds: Guesty gives five a day, and asking for one here would take
 * one from the Worker. The judgement is pure.
 */
export const guestyTokenCheck = ({ workers }: World, { deployed }: Expected, now: Date): Check =>
  check({
    id: 'credentials/guesty',
    title: 'Guesty (the token that its Worker holds)',
    of: onceDeployed(deployed.workers, 'workers', workers),
    asked: VENDORS.workers,
    read: async ({ guesty }) => {
      const state = await guesty.state();
      return state.ok ? state : err(askOperateError(state.error));
    },
    judge: ({ token }: OperateResponse<'state'>) => judgeToken(token, now),
  });

export function judgeToken(token: OperateResponse<'state'>['token'], now: Date): Verdict {
  if (token === undefined)
    return unwell(
      'now',
      'the Worker knows of none',
      'Deploy the Worker guesty-webhook again: ./dev deploy --env ENV --only workers.',
    );
  const { expiresAt, attemptsLeft } = token;
  const leftMs = expiresAt === undefined ? 0 : -ageMs(expiresAt, now);
  if (leftMs > 0) return well(`${describeSpan(leftMs)} left, then renewed by itself`);
  return attemptsLeft > 0
    ? well(`renewed when it is needed, ${attemptsLeft} attempts left today`)
    : unwell(
        'now',
        'ended, and today’s attempts are used up',
        'Check the secret guesty-client-secret (./dev secrets status --env ENV); Guesty gives new tokens within a day.',
      );
}
