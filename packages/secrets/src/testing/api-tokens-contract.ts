/** What `ApiTokens` owe their callers; run in memory and against the stand-in of Cloudflare. */
import { Secret } from '@innkeeper/shared/config/secret';
import { describe, expect, test } from 'vitest';
import type { ApiTokens } from '../ports/api-tokens.ts';

/** The tokens `plan` and `workers`, named `innkeeper-prod-…`, with values that `original` gives. */
export function describeApiTokensContract(name: string, tokens: () => ApiTokens, original: string): void {
  describe(`${name} keeps the contract of API tokens`, () => {
    test('tokens are listed by name', async () => {
      const listed = await tokens().list();
      expect(listed.ok && listed.value.map(each => each.name)).toEqual([
        'innkeeper-prod-plan',
        'innkeeper-prod-workers',
      ]);
    });

    test('a rolled token has a new value, and the one before is nobody’s', async () => {
      expect(await tokens().idOf(new Secret(original))).toEqual({ ok: true, value: 'plan' });
      const rolled = await tokens().roll('plan');
      if (!rolled.ok) throw new Error('the token could not be rolled');
      expect(rolled.value.reveal()).not.toBe(original);
      expect(await tokens().idOf(rolled.value)).toEqual({ ok: true, value: 'plan' });
      expect(await tokens().idOf(new Secret(original))).toEqual({ ok: true, value: undefined });
    });

    test('a token that is not there is missing', async () => {
      expect(await tokens().roll('nobody')).toMatchObject({ ok: false, error: { kind: 'missing' } });
    });
  });
}
