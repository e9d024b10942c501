import { describe, expect, test } from 'vitest';
import { asksForNewest, fuseRecency, newestFirst } from './newest-first.ts';

describe('a question for the newest', () => {
  test.each([
    'what is the latest on the heating?',
    'when was the last time somebody mentioned the boiler?',
    'last message from Mia about parking',
    'what was said recently about the cot?',
    'anything about the heating since Monday?',
    'what did they say last about the cot?',
    'was wurde zuletzt über die Heizung gesagt?',
    'letzte Nachricht von Mia',
    'dernier message sur le chauffage',
    'depuis lundi, le chauffage ?',
    'última vez que hablaron de la calefacción',
    'última mensagem sobre o aquecimento',
  ])('is known: %s', question => {
    expect(asksForNewest(question)).toBe(true);
  });

  test.each([
    'what did the guest say about the heating?',
    'what was said last week about the boiler?',
    'what did the last guest say about the cot?',
    'is there a late check-out?',
    'was sagte der Gast letzte Woche?',
    'qu’a dit le client la semaine dernière ?',
  ])('is not seen in: %s', question => {
    expect(asksForNewest(question)).toBe(false);
  });
});

const said = (name: string, saidAt?: string) => ({ name, ...(saidAt === undefined ? {} : { saidAt }) });
const namesOf = (items: readonly { name: string }[]): string => items.map(({ name }) => name).join(' ');
const old = said('old', '2026-11-01T08:00:00Z');
const older = said('older', '2026-10-01T08:00:00Z');
const fresh = said('fresh', '2026-11-21T08:00:00+01:00');
const timeless = said('timeless');

test('newest first puts what has no time behind', () => {
  expect(namesOf(newestFirst([timeless, older, fresh, old], item => item.saidAt))).toBe('fresh old older timeless');
});

test('fused with recency a new find passes older ones that are nearer, and loses nothing', () => {
  const hits = [older, fresh, old, timeless];
  expect(namesOf(fuseRecency(hits, item => item.saidAt))).toBe('fresh older old timeless');
  expect(fuseRecency([], () => undefined)).toEqual([]);
});
