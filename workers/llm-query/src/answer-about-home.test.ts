import { describe, expect, test } from 'vitest';
import { ASKED_AT, listing } from '../test/support/world.ts';
import { answerAboutHome } from './answer-about-home.ts';
import { linksTo } from './compose/links.ts';
import { homesAt } from './evaluate/homes.ts';

const homes = homesAt(
  [
    listing('l-sea', 'Sea View', 'Europe/Lisbon', {
      address: 'Rua do Mar 5',
      accommodates: 4,
      bedrooms: 2,
      description: [
        { topic: 'Wi-Fi', text: 'Network Sea, password tulips.' },
        { topic: 'Access', text: 'The lockbox code is 4711. Parking is behind the house.' },
      ],
    }),
    listing('l-loft', 'Loft 3', 'Europe/Lisbon'),
  ].filter(record => record.kind === 'listing'),
  Date.parse(ASKED_AT),
);
const about = (topic: string, ids = ['l-sea']): string | undefined =>
  answerAboutHome(
    { kind: 'home', topic, homes: ids as never },
    {
      homes,
      scope: 'full',
      thisYear: '2026',
      links: linksTo({ guestyApp: 'https://g.example', aircallApp: 'https://a.example' }),
    },
  )?.lines.join('\n');

describe('answerAboutHome', () => {
  test.each([
    ['check-in time', '*Sea View*: check-in from *16:00* default'],
    ['check out', '*Sea View*: check-out by *11:00* default'],
    ['address', '*Sea View*: address Rua do Mar 5'],
    ['how many people can sleep there', '*Sea View*: accommodates 4 guests'],
    ['bedrooms', '*Sea View*: 2 bedrooms'],
    ['wifi password', '*Sea View*: Wi-Fi: Network Sea, password tulips.'],
    ['internet', '*Sea View*: Wi-Fi: Network Sea, password tulips.'],
  ])('%s', (topic, expected) => {
    expect(about(topic)).toBe(expected);
  });

  test('finds a topic inside another section, without the codes that stand there', () => {
    expect(about('parking')).toContain('Parking is behind the house.');
    expect(about('parking')).not.toContain('4711');
  });

  test('leaves to the search what no listing says, and says so where one of two does', () => {
    expect(about('elephants')).toBeUndefined();
    expect(about('wifi', ['l-sea', 'l-loft'])).toContain('*Loft 3*: not recorded');
  });
});
