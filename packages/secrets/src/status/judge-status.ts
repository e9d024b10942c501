import { nextStepOf } from './next-step.ts';
import type { SecretStatus, Status } from './secret-status.ts';

/** What of a status a person has to do something about. Pure. */
export interface Problem {
  readonly id: string;
  readonly kind: 'missing' | 'no_place' | 'in_the_clear' | 'not_text' | 'behind' | 'old' | 'expiring' | 'expired';
  readonly sentence: string;
  readonly next: string;
}

const DAY_MS = 86_400_000;
const EXPIRY_NOTICE_DAYS = 30;

export function judgeStatus({ secrets, tokens }: Status, environment: string, nowMs: number): readonly Problem[] {
  return [
    ...secrets.flatMap(status => problemsOf(status, environment, nowMs)),
    ...tokens.flatMap(({ name, expiresAtMs }): Problem[] => {
      if (expiresAtMs === undefined || expiresAtMs - nowMs > EXPIRY_NOTICE_DAYS * DAY_MS) return [];
      const left = Math.floor((expiresAtMs - nowMs) / DAY_MS);
      const next = `move cloudflare.tokens_expire_on, then ./dev deploy --env ${environment} --only terraform`;
      return left < 0
        ? [{ id: name, kind: 'expired', sentence: `The token ${name} has expired.`, next }]
        : [{ id: name, kind: 'expiring', sentence: `The token ${name} ends in ${days(left)}.`, next }];
    }),
  ];
}

/** What is no failure today: to be told in time. */
export const isReminder = ({ kind }: Problem): boolean => kind === 'old' || kind === 'expiring' || kind === 'expired';

/** What keeps the product from running as it should. */
export const isFailure = ({ kind }: Problem): boolean => kind !== 'old' && kind !== 'expiring';

function problemsOf(status: SecretStatus, environment: string, nowMs: number): Problem[] {
  const { entry, state, setAtMs } = status;
  const { id } = entry;
  const next = nextStepOf(entry, environment);
  switch (state) {
    case 'unknown':
      return [];
    case 'no_place':
      return [
        {
          id,
          kind: 'no_place',
          sentence: `${id} has no place in Secret Manager.`,
          next: `./dev deploy --env ${environment} --only terraform`,
        },
      ];
    case 'missing':
      return entry.isOptional ? [] : [{ id, kind: 'missing', sentence: `${id} is not set: ${entry.meaning}.`, next }];
    case 'in_the_clear':
      return [
        {
          id,
          kind: 'in_the_clear',
          sentence: `${id} stands in secrets/${environment}/swarm.sops.yaml in the clear.`,
          next: 'replace it wherever it is used; whoever has the repository has it',
        },
      ];
    case 'not_text':
      return [
        {
          id,
          kind: 'not_text',
          sentence: `${id} was taken for a number or a truth, so the Swarm would get another text.`,
          next: `sops edit secrets/${environment}/swarm.sops.yaml, and put it in quotes`,
        },
      ];
    case 'set':
      return [...oldProblem(status, next, nowMs, setAtMs), ...behindProblems(status, environment, next)];
  }
}

function oldProblem({ entry }: SecretStatus, next: string, nowMs: number, setAtMs: number | undefined): Problem[] {
  if (entry.ageDaysMax === undefined || setAtMs === undefined) return [];
  const age = Math.floor((nowMs - setAtMs) / DAY_MS);
  if (age <= entry.ageDaysMax) return [];
  const sentence = `${entry.id} is ${days(age)} old; it is renewed after ${entry.ageDaysMax}.`;
  return [{ id: entry.id, kind: 'old', sentence, next }];
}

function behindProblems({ entry, readers }: SecretStatus, environment: string, set: string): Problem[] {
  const { id, store } = entry;
  return readers.flatMap(({ reader, kind, state }): Problem[] => {
    if (state === 'current' || state === 'not_deployed') return [];
    const has = state === 'absent' ? 'has no' : 'has another version of';
    const give =
      kind === 'function'
        ? `./dev deploy --env ${environment} --only functions`
        : `./dev secrets push --env ${environment}`;
    const next = store === 'github' ? set : give;
    return [{ id, kind: 'behind', sentence: `${reader} ${has} ${id}.`, next }];
  });
}

const days = (count: number): string => `${count} day${count === 1 ? '' : 's'}`;
