import { describe, expect, test } from 'vitest';
import { askedAt, homes, words } from '../understand/__fixtures__/world.ts';
import { homeIndexOf } from '../understand/homes/home-index.ts';
import { understand } from '../understand/understand.ts';
import { isWorthAsking } from './worth-asking.ts';

const worth = (text: string) => isWorthAsking(text, understand({ text, askedAt, homes, words }), homeIndexOf(homes));

describe('a model is asked about', () => {
  test.each([
    ['Italian', 'chi arriva domani?'],
    ['Italian about a home', 'chi arriva domani nel Blue Flat?'],
    ['Swedish', 'vilka gäster checkar ut på fredag?'],
    ['Dutch', 'welke appartementen zijn vrijdag vrij?'],
    ['Polish', 'kto wyjeżdża jutro?'],
    ['Russian', 'кто приезжает завтра?'],
    ['Japanese', '今日チェックインするのは誰ですか'],
    ['Arabic', 'من يصل اليوم؟'],
    ['a list in words the rules do not know', 'which of the guests arriving on Saturday drive an electric vehicle'],
  ])('%s', (_, text) => {
    expect(worth(text)).toBe(true);
  });
});

describe('no model is asked about', () => {
  test.each([
    ['what the rules read', 'who arrives tomorrow?'],
    ['help', 'help'],
    ['days that cannot be', 'who arrives on 31 February?'],
    ['nothing', ''],
    ['an emoji', '🙈🙈🙈'],
    ['a word', 'ok'],
    ['what was said in the chat', 'what did the team write in chat about the guests arriving on Saturday'],
    ['what guests wrote', 'which messages complain about the boiler'],
    ['a free question', 'what did the plumber say about the boiler in the Blue Flat?'],
    ['a named room', 'what was agreed in #front-desk on arrivals with surfboards?'],
    ['a long text', `${'the boiler is broken and the guest wants a refund '.repeat(7)}who arrives?`],
  ])('%s', (_, text) => {
    expect(worth(text)).toBe(false);
  });
});
