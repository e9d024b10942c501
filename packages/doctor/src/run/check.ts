import type { Result } from '@innkeeper/shared/result/result';
import { type AskError, type Asked, judgeAskError } from '../asking/ask-error.ts';
import { type Group, notAsked, type Verdict } from '../report/finding.ts';
import type { Availability } from './availability.ts';

/** One question with one answer: what is read through a port, and a pure judgement over it. */
export interface Check {
  /** Stable: begins with the group. */
  readonly id: string;
  readonly group: Group;
  /** What is well or unwell: a noun. */
  readonly title: string;
  readonly ask: () => Promise<Verdict>;
}

export interface CheckOf<P, T> {
  readonly id: `${Group}/${string}`;
  readonly title: string;
  readonly of: Availability<P>;
  readonly asked: Asked;
  readonly read: (port: P) => Promise<Result<T, AskError>>;
  readonly judge: (value: T) => Verdict;
}

export function check<P, T>({ id, title, of, asked, read, judge }: CheckOf<P, T>): Check {
  return {
    id,
    group: groupOf(id),
    title,
    async ask() {
      if (of.kind === 'absent') return notAsked(of.why, of.nextStep);
      const value = await read(of.port);
      return value.ok ? judge(value.value) : judgeAskError(value.error, asked);
    },
  };
}

const groupOf = (id: CheckOf<never, never>['id']): Group => id.slice(0, id.indexOf('/')) as Group;
