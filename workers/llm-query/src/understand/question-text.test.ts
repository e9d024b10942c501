import { describe, expect, it } from 'vitest';
import { questionIn } from './question-text.ts';

describe('the question in a message', () => {
  const words = ['!query', '@innkeeper', '@inn.keeper'];
  it.each([
    ['!query arrivals today', 'arrivals today'],
    ['  !QUERY: arrivals today ', 'arrivals today'],
    ['what does !query do', 'what does !query do'],
    ['!queryarrivals', '!queryarrivals'],
    ['@innkeeper, who is here?', 'who is here?'],
    ['who is here, @Innkeeper', 'who is here,'],
    ['ask @innkeeper2 instead', 'ask @innkeeper2 instead'],
    ['@inn.keeper help', 'help'],
    ['@innXkeeper help', '@innXkeeper help'],
    ['arrivals\r\n\ttoday\u0000', 'arrivals today'],
    ['@innkeeper !query', ''],
  ])('%j is %j', (text, question) => {
    expect(questionIn(text, words)).toBe(question);
  });
});
