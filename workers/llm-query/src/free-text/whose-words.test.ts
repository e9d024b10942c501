import { describe, expect, test } from 'vitest';
import type { Passage } from './passage.ts';
import { whoseWords } from './whose-words.ts';

/** Whose passages a question may be answered with. */
const passage = (key: string, by: readonly string[], of: readonly string[], text = ''): Passage => ({
  key,
  about: `${[...by, ...of].join(', ')}, Fri 20 Nov`,
  label: key,
  text,
  homes: [],
  by,
  of,
});
const passages = [
  passage('mia', ['Mia Larsen'], ['Mia Larsen']),
  passage('to-mia', [], ['Mia Larsen']),
  passage('ana', ['Ana Ruiz'], ['Ana Ruiz']),
  passage('call', ['Bruno', 'Ana Ruiz'], ['Ana Ruiz']),
  passage('chat', ['Bruno'], []),
  passage('about-mia', ['Olga'], [], 'the cot for Mia is in the cellar'),
  passage('task', [], []),
];
const quotable = (question: string, more: object = {}): string => {
  const around = { guests: [], homeNames: ['Casa Maria', 'Sea View', 'Casa Limão'], isOfGuests: false, ...more };
  const { mayQuote } = whoseWords(question, passages, around);
  return passages
    .filter(mayQuote)
    .map(({ key }) => key)
    .join(' ');
};
const all = passages.map(({ key }) => key).join(' ');

describe('what somebody said', () => {
  test.each([
    ['what did Mia Larsen say about the cot?', 'mia'],
    ['what did mia say about the cot', 'mia'],
    ['did Mia ever mention a cot?', 'mia'],
    ["Mia's message about the cot", 'mia'],
    ['any message from mia about the cot?', 'mia'],
    ['what has Ana asked for?', 'ana call'],
    ['did Ana Ruiz in the Sea View complain?', 'ana call'],
    ['what did Bruno write about the cot', 'call chat'],
    ['was hat Bruno über das Kinderbett gesagt?', 'call chat'],
    ['que dijo Ana de la cuna', 'ana call'],
    ["qu'a dit Mia du lit ?", 'mia'],
    ['o que disse Ana sobre o berço', 'ana call'],
  ])('%s', (question, keys) => {
    expect(quotable(question)).toBe(keys);
  });

  test('by a person of whom nothing was found, is told by nobody', () => {
    expect(quotable('what did Xaver say about the cot?')).toBe('');
    expect(quotable('what did Zoe say about the cot?', { guests: ['Zoe Park'] })).toBe('');
  });

  test.each(['what did anyone say about it', 'did the guest complain?', 'what did we write?', 'who asked for a cot?'])(
    'by no one in particular, is told by anybody: %s',
    question => {
      expect(quotable(question)).toBe(all);
    },
  );

  test('in a home called like a person, is told by anybody', () => {
    expect(quotable('what was said in Casa Maria about the cot?', { guests: ['Maria Costa'] })).toBe(all);
    expect(quotable('messages from Casa Limao', { guests: ['Rui Limão'] })).toBe(all);
  });

  test('by certain guests, is not told by the team', () => {
    expect(quotable('arrivals on Saturday who asked for a cot', { isOfGuests: true })).toBe('mia ana call');
    expect(quotable('arrivals on Saturday whom we told about the cot', { isOfGuests: true })).toBe(all);
  });
});

describe('what concerns a guest', () => {
  test.each([
    ['is the heating at Mia Larsen mended?', 'mia to-mia chat about-mia task'],
    ['did we tell Mia about the parking?', 'mia to-mia chat about-mia task'],
    ['who called Ana about the key?', 'ana call chat about-mia task'],
  ])('%s', (question, keys) => {
    expect(quotable(question)).toBe(keys);
  });

  test('is not taken from a word that is also a name', () => {
    const guests = ['Will May'];
    expect(quotable('will the cot come in May or may it not', { guests })).toBe(all);
    expect(quotable('is the cot for Mr May there', { guests })).not.toBe(all);
  });
});
