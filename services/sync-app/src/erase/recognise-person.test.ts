import { expect, test } from 'vitest';
import { recogniserOf } from './recognise-person.ts';

const recognise = recogniserOf({
  names: ['Grâce Guest', 'Grace'],
  numbers: ['+442079460103'],
  emails: ['Grace@Example.com'],
});

test.each([
  ['call +44 20 7946 0103', 'by_contact'],
  ['020 7946-0103', 'by_contact'],
  ['{"raw_digits":"+44 20 7946 0103"}', 'by_contact'],
  ['GRACE@EXAMPLE.COM wrote', 'by_contact'],
  ['has GRACE  GUEST arrived?', 'by_name'],
  ['grace-guest', 'by_name'],
  ['Grace is here', 'not'],
  ['Grace Guestson', 'not'],
  ['call 7946 0104', 'not'],
  ['booking 0103', 'not'],
  ['grace@example.org', 'not'],
  ['', 'not'],
])('%j: %s', (text, recognised) => {
  expect(recognise(text)).toBe(recognised);
});
