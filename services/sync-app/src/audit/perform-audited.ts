import type { CommandContext } from '../command-line/run-command.ts';
import type { FirestoreConfig } from '../config.ts';
import { withStores } from '../connect/connect-stores.ts';
import { type AuditEntry, type AuditFact, beginAudited, mintActId } from './audit-log.ts';

/** An act between its two lines in the audit. */
export interface Act<T> {
  readonly command: string;
  /** Given with `--as`; without it this machine's user. */
  readonly as: string | undefined;
  readonly order: AuditEntry['order'];
  readonly act: () => Promise<Acted<T>>;
}

export interface Acted<T> {
  readonly value: T;
  readonly outcome: 'done' | 'failed';
  readonly facts: Readonly<Record<string, AuditFact>>;
}

/** What the act answered; `undefined` when nothing was done because the audit could not be written. */
export function performAudited<T>(
  config: FirestoreConfig,
  { user, err }: CommandContext,
  { command, as, order, act }: Act<T>,
): Promise<T | undefined> {
  return withStores(config, async ({ ops }) => {
    const now = (): Date => new Date();
    const begun = await beginAudited(ops, { command, id: mintActId(now()), by: as ?? user, order }, now);
    if (!begun.ok) {
      err.write(`${begun.error}\n`);
      return undefined;
    }
    const { value, outcome, facts } = await act();
    const ended = await begun.value.end(outcome, facts);
    if (!ended.ok) err.write(`${ended.error}\n`);
    return value;
  });
}
