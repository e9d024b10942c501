import { describe, expect, test } from 'vitest';
import { contentStems, topicOf } from './words.ts';

const stems = (text: string): string => [...contentStems(text)].join(' ');

describe('what a question is about', () => {
  test.each([
    ['heating', 'heated'],
    ['allergies', 'allergic'],
    ['cots', 'cot'],
    ['mosquitoes', 'mosquito'],
    ['feathers', 'feather'],
    ['noise', 'noisy'],
    ['babies', 'baby'],
    ['arrival', 'arriving'],
    ['boxes', 'box'],
  ])('%s is %s', (one, other) => {
    expect(stems(one)).toBe(stems(other));
  });

  test.each([
    ['heating', 'heart'],
    ['complete', 'complicated'],
    ['taxi', 'tax'],
    ['park', 'part'],
  ])('%s is not %s', (one, other) => {
    expect(stems(one)).not.toBe(stems(other));
  });

  test.each([
    'what did anyone say, write, tell, ask or mention?',
    'did somebody call about something?',
    'who wrote a message or a voicemail?',
    'was hat der Gast gesagt oder geschrieben?',
    'qué dijo el huésped',
  ])('is not that words were said: %s', question => {
    expect(stems(question)).toBe('');
  });

  test('is looked for in both numbers, without what is settled already', () => {
    expect(topicOf('what do we know about the bicycles?')).toBe('bicycles bicycle');
    expect(topicOf('arrivals on Saturday who asked about parking', ['on Saturday', 'arrivals'])).toBe(
      'parking parkings',
    );
    expect(topicOf('what did they say?')).toBe('what did they say?');
  });
});
