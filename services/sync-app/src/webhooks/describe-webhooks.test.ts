import type { SubscriptionState } from '@innkeeper/shared/contracts/subscription-state';
import { describe, expect, it } from 'vitest';
import { describeWebhooks } from './describe-webhooks.ts';
import { foretellAction } from './foretell-action.ts';

const URL = 'https://guesty.example.com/webhooks/guesty';
const live = {
  id: 'a1',
  url: URL,
  role: 'live',
  active: true,
  hasSecret: true,
  since: '2026-11-20T08:00:00Z',
} as const;
const retiring = { ...live, id: 'a0', role: 'retiring' } as const;
const well: SubscriptionState = {
  v: 1,
  subscriptions: [live],
  missingEvents: [],
  surplusEvents: [],
  foreign: 2,
  checkedAt: '2026-11-21T08:05:00Z',
  history: [{ at: '2026-11-20T08:00:00Z', did: 'created', detail: URL }],
};

describe('subscriptions in words', () => {
  it('says what there is, and what was done lately', () => {
    expect(describeWebhooks([{ vendor: 'guesty', state: well }])).toBe(
      [
        '✓ guesty: one subscription, 2 of others left alone, looked at 2026-11-21 08:05 UTC',
        '  ROLE  STATE   SECRET  SINCE (UTC)       ID  ADDRESS',
        `  live  active  known   2026-11-20 08:00  a1  ${URL}`,
        `    2026-11-20 08:00  created  ${URL}`,
      ].join('\n'),
    );
  });

  it('says what is wrong and what to do', () => {
    const state: SubscriptionState = {
      ...well,
      subscriptions: [{ ...live, active: false, hasSecret: false }],
      missingEvents: ['guest.created'],
      surplusEvents: ['listing.new', 'odd\u001B[2J'],
      history: [],
      problem: { reason: 'switched_off', detail: 'Put it right: pnpm webhooks register.' },
    };
    const text = describeWebhooks([{ vendor: 'aircall', state }]);
    expect(text).toContain('✗ aircall');
    expect(text).toContain('switched off  not known');
    expect(text).toContain('not subscribed to: guest.created');
    expect(text).toContain('subscribed to without being mapped: listing.new, odd·[2J');
    expect(text.split('\n').at(-1)).toBe('  switched_off: Put it right: pnpm webhooks register.');
  });
});

describe('what an action would do', () => {
  const foretold = (action: 'rotate' | 'disable', subscriptions: SubscriptionState['subscriptions']) =>
    foretellAction(action, { vendor: 'guesty', state: { ...well, subscriptions } });

  it('is told before it is done', () => {
    expect(foretold('disable', [live])).toContain(`removes a1 (${URL})`);
    expect(foretold('rotate', [live])).toContain(`beside a1 (${URL}), which is removed 24 hours later`);
    expect(foretold('rotate', [live, retiring])).toContain('a rotation is under way; a0 goes by itself');
    expect(foretold('rotate', [])).toContain('nothing to rotate');
  });
});
