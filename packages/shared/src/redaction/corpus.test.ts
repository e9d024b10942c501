import { describe, expect, test } from 'vitest';
import { ORDINARY } from './__fixtures__/ordinary.ts';
import { SECRETS, type Secret } from './__fixtures__/secrets.ts';
import { redact, redactSecrets } from './redact.ts';
import { MARKS, type Mark } from './span.ts';

/** Of what must go, how much goes; of what must stay, how much stays. Anything less than all of it is a decision. */
const RECALL_MIN = 1;
const PRECISION_MIN = 1;

const isGone =
  (clean: (text: string) => string) =>
  ([text, ...parts]: Secret): boolean => {
    const left = clean(text);
    return (
      /\[(?:e-mail|phone number|card number|code|secret)\]/u.test(left) && !parts.some(part => left.includes(part))
    );
  };

const missed = (secrets: readonly Secret[], clean: (text: string) => string): string[] =>
  secrets.filter(secret => !isGone(clean)(secret)).map(([text]) => `${text} → ${clean(text)}`);

const share = (misses: number, all: number): number => (all - misses) / all;

describe('recall', () => {
  test.each(Object.keys(MARKS) as Mark[])('of every way to write it: %s', mark => {
    const misses = missed(SECRETS[mark], redact);
    expect(misses).toEqual([]);
    expect(share(misses.length, SECRETS[mark].length)).toBeGreaterThanOrEqual(RECALL_MIN);
  });

  test('cards, door codes and credentials do not even rest in the private store', () => {
    const all = [...SECRETS.card, ...SECRETS.code, ...SECRETS.secret];
    expect(missed(all, redactSecrets)).toEqual([]);
  });
});

describe('precision', () => {
  test('ordinary things stay as they are', () => {
    const taken = ORDINARY.filter(text => redact(text) !== text).map(text => `${text} → ${redact(text)}`);
    expect(taken).toEqual([]);
    expect(share(taken.length, ORDINARY.length)).toBeGreaterThanOrEqual(PRECISION_MIN);
  });

  test('and so they do around something that goes', () => {
    const spoilt = ORDINARY.filter(
      text => !redact(`${text}\n\nMail: jane@example.com\n\n${text}`).startsWith(`${text}\n`),
    );
    expect(spoilt).toEqual([]);
  });

  test('contact details stay in the private store, to link callers by', () => {
    const kept = [...SECRETS.phone, ...SECRETS.email]
      .filter(([text]) => redactSecrets(text) !== text)
      .map(([text]) => text);
    expect(kept).toEqual([]);
  });
});
