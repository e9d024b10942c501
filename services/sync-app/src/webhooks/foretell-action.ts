import { printable } from '../terminal/table.ts';
import type { VendorState } from './describe-webhooks.ts';

/** What an action that could harm would do, from how things are now. Pure. */
export type HarmfulAction = 'rotate' | 'disable';

export function foretellAction(action: HarmfulAction, { vendor, state }: VendorState): string {
  const ours = state.subscriptions;
  const named = ours.map(({ id, url }) => `${printable(id)} (${printable(url)})`).join(' and ');
  if (ours.length === 0) return `${vendor}: there is no subscription, so there is nothing to ${action}.`;
  if (action === 'disable') {
    return (
      `${vendor}: removes ${named}. The vendor delivers nothing from then on; after registering again, ` +
      'pnpm backfill brings what happened meanwhile.'
    );
  }
  const retiring = ours.find(({ role }) => role === 'retiring');
  return retiring === undefined
    ? `${vendor}: makes a second subscription with a new secret beside ${named}, which is removed 24 hours later. ` +
        'Deliveries under either secret are taken meanwhile.'
    : `${vendor}: a rotation is under way; ${printable(retiring.id)} goes by itself, and nothing new begins.`;
}
