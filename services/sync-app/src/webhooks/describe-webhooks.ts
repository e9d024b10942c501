import type { KnownSubscription, SubscriptionState } from '@innkeeper/shared/contracts/subscription-state';
import type { RecordSource } from '@innkeeper/shared/domain/ids';
import { printable, table } from '../terminal/table.ts';

/** Subscriptions as a person reads them. Pure. */
export interface VendorState {
  readonly vendor: RecordSource;
  readonly state: SubscriptionState;
}

const DEEDS_SHOWN = 5;

export const describeWebhooks = (all: readonly VendorState[]): string => all.map(describeVendor).join('\n\n');

function describeVendor({ vendor, state }: VendorState): string {
  const { subscriptions, missingEvents, surplusEvents, history, problem } = state;
  return [
    `${problem === undefined ? '✓' : '✗'} ${vendor}: ${standing(state)}`,
    ...(subscriptions.length === 0 ? [] : indented(table(HEADINGS, subscriptions.map(cells)))),
    ...events('not subscribed to', missingEvents),
    ...events('subscribed to without being mapped', surplusEvents),
    ...history.slice(0, DEEDS_SHOWN).map(({ at, did, detail }) => `    ${minute(at)}  ${did}  ${printable(detail)}`),
    ...(problem === undefined ? [] : [`  ${problem.reason}: ${printable(problem.detail)}`]),
  ].join('\n');
}

function standing({ subscriptions, foreign, checkedAt }: SubscriptionState): string {
  const count = subscriptions.length;
  return [
    count === 0 ? 'no subscription' : count === 1 ? 'one subscription' : `${count} subscriptions`,
    ...(foreign === 0 ? [] : [`${foreign} of others left alone`]),
    checkedAt === undefined ? 'never looked at' : `looked at ${minute(checkedAt)} UTC`,
  ].join(', ');
}

const HEADINGS = ['ROLE', 'STATE', 'SECRET', 'SINCE (UTC)', 'ID', 'ADDRESS'];

const cells = ({ role, active, hasSecret, since, id, url }: KnownSubscription): string[] => [
  role,
  active ? 'active' : 'switched off',
  hasSecret ? 'known' : 'not known',
  minute(since),
  id,
  url,
];

const events = (what: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`  ${what}: ${names.map(printable).join(', ')}`];

const indented = (text: string): string[] => text.split('\n').map(line => `  ${line}`);

/** `2026-11-21 09:41`. */
export const minute = (instant: string): string => instant.slice(0, 16).replace('T', ' ');
