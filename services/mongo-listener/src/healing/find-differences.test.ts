import { ok, type Result } from '@innkeeper/shared/result/result';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareUtf8 } from './compare-sorted-ids.ts';
import { type Differences, findDifferences } from './find-differences.ts';

interface Known {
  readonly id: string;
}

const encoded = (id: string): string => id.replaceAll('%', '%25').replaceAll('/', '%2F');
const inSourceOrder = (ids: Iterable<string>): string[] => [...ids].sort(compareUtf8);
const inKnownOrder = (ids: Iterable<string>): string[] =>
  [...ids].sort((left, right) => compareUtf8(encoded(left), encoded(right)));

async function* paged<T>(items: readonly T[], size: number): AsyncGenerator<Result<readonly T[], never>, void> {
  for (let at = 0; at < items.length; at += size) yield ok(items.slice(at, at + size));
}

interface Lists {
  readonly known: readonly string[];
  readonly source: readonly string[];
  readonly knownPage: number;
  readonly sourcePage: number;
}

async function differencesOf(lists: Lists, after?: string): Promise<Differences<Known>[]> {
  const known = inKnownOrder(lists.known).filter(id => after === undefined || compareUtf8(encoded(id), after) > 0);
  const source = inSourceOrder(lists.source).filter(id => after === undefined || compareUtf8(id, after) > 0);
  const steps: Differences<Known>[] = [];
  const found = findDifferences(
    paged(
      known.map(id => ({ id })),
      lists.knownPage,
    ),
    paged(source, lists.sourcePage),
    after,
  );
  for await (const step of found) if (step.ok) steps.push(step.value);
  return steps;
}

/** What is decided, with each look-up done. */
function decided(steps: readonly Differences<Known>[], { known, source }: Lists) {
  const inKnown = new Set(known);
  const inSource = new Set(source);
  const suspects = steps.flatMap(({ onlyKnown, knownToLookUp }) => [
    ...onlyKnown.map(({ id }) => id),
    ...knownToLookUp.map(({ id }) => id).filter(id => !inSource.has(id)),
  ]);
  const strangers = steps.flatMap(({ onlySource, sourceToLookUp }) => [
    ...onlySource,
    ...sourceToLookUp.filter(id => !inKnown.has(id)),
  ]);
  return { suspects: inSourceOrder(suspects), strangers: inSourceOrder(strangers) };
}

/** Few letters, so that lists meet; the ones whose order differs by store or by language. */
const id = fc
  .array(fc.constantFrom('a', 'b', 'Z', '-', '0', '%', '/', 'é', '\u{E000}', '\u{FFFD}', '\u{1F600}'), {
    minLength: 1,
    maxLength: 4,
  })
  .map(letters => letters.join(''));
const lists: fc.Arbitrary<Lists> = fc.record({
  known: fc.uniqueArray(id, { maxLength: 40 }),
  source: fc.uniqueArray(id, { maxLength: 40 }),
  knownPage: fc.integer({ min: 1, max: 7 }),
  sourcePage: fc.integer({ min: 1, max: 7 }),
});

describe('comparing two paged lists of ids', () => {
  it('finds every id that is on one side only, once, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(lists, async given => {
        const { known, source } = given;
        const found = decided(await differencesOf(given), given);

        expect(found.suspects).toEqual(inSourceOrder(known.filter(one => !source.includes(one))));
        expect(found.strangers).toEqual(inSourceOrder(source.filter(one => !known.includes(one))));
      }),
      { numRuns: 300 },
    );
  });

  it('misses nothing when it stops after any step and starts again there', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.nat({ max: 20 }), async (given, stop) => {
        const { known, source } = given;
        const before = (await differencesOf(given)).slice(0, stop + 1);
        const again = await differencesOf(given, before.at(-1)?.after);
        const found = decided([...before, ...again], given);

        expect(new Set(found.suspects)).toEqual(new Set(known.filter(one => !source.includes(one))));
        expect(new Set(found.strangers)).toEqual(new Set(source.filter(one => !known.includes(one))));
      }),
      { numRuns: 300 },
    );
  });

  it('holds no more than a page of each list', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `m${String(index).padStart(3, '0')}`);
    const steps = await differencesOf({ known: ids, source: ids.slice(50), knownPage: 10, sourcePage: 10 });

    expect(Math.max(...steps.map(({ onlyKnown }) => onlyKnown.length))).toBe(10);
  });
});
