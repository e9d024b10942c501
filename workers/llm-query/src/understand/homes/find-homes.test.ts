import { HomeName } from '@innkeeper/shared/domain/plan';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { homes } from '../__fixtures__/world.ts';
import { tokenise } from '../tokens.ts';
import { findNamedHomes } from './find-homes.ts';
import { homeIndexOf } from './home-index.ts';

const found = (text: string, among = homes): readonly string[] =>
  findNamedHomes(tokenise(text), homeIndexOf(among)).map(
    ({ listingIds, meaning }) => `${meaning}: ${listingIds.join(' ')}`,
  );

describe('homes by name', () => {
  it('one wrong letter in each long word of a name is forgiven', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...homes),
        fc.constantFrom('q', 'x', 'z'),
        fc.integer({ min: 1, max: 3 }),
        (home, letter, at) => {
          const typed = (home.nickname ?? '')
            .split(' ')
            .map(word => (word.length < 4 ? word : word.slice(0, at) + letter + word.slice(at + 1)))
            .join(' ');
          expect(found(`is ${typed} free`)).toEqual([`one: ${home.listingId}`]);
        },
      ),
    );
  });

  it.each([
    ['gardenstudio', ['one: l-garden']],
    ['the GARDEN-STUDIO', ['one: l-garden']],
    ['sao bento terrace', ['one: l-bento']],
    ['Sunny Garden Studio near Graça', ['one: l-garden']],
    ['Rua Garrett 47', ['one: l-chiado']],
    ['Harbour View', ['one_of: l-harbour1 l-harbour2']],
    ['harbor view 2', ['one: l-harbour2']],
    ['Avenida Marginal 5', ['one_of: l-harbour1 l-harbour2']],
    ['in Beacon', ['all_of: l-hudson l-maple']],
    ['Blue Flat and Alfama Loft', ['one: l-blue', 'one: l-alfama']],
    ['the garden is wet', []],
    ['Moon Palace', []],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('a name of one word has to be exact: a guest may be called nearly the same', () => {
    const marina = [HomeName.parse({ listingId: 'm', nickname: 'Marina', timezone: 'Europe/Lisbon' })];
    expect(found('is marina free', marina)).toEqual(['one: m']);
    expect(found('when does Karina arrive', marina)).toEqual([]);
  });

  it('a home called by a number needs a word beside it: a number alone is a date or a count', () => {
    const rooms = ['2', '3'].map(nickname => HomeName.parse({ listingId: `r${nickname}`, nickname, timezone: 'UTC' }));
    expect(found('is room 3 free', rooms)).toEqual(['one: r3']);
    expect(found('arrivals in 3 days', rooms)).toEqual([]);
  });
});
