import fc from 'fast-check';

/** JSON objects as a vendor sends them, each spoilt in a few places: as text, because some of it no value can hold. */
export function mutatedJson(samples: readonly object[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(mutation, { minLength: 1, maxLength: 3 }))
    .map(([sample, mutations]) => {
      const tree: Tree = { root: structuredClone(sample) };
      for (const { place, spoil } of mutations) spoil(pick(places(tree), place));
      return JSON.stringify(tree.root).replace(RAW, quoted => rawText(JSON.parse(quoted) as string));
    });
}

interface Tree {
  root: unknown;
}

/** Where a value stands: it can be read and replaced, its key can be taken out or written twice. */
interface Place {
  readonly owner: Record<string, unknown>;
  readonly key: string;
}

/** Text that is put into the JSON as it is, for what `JSON.stringify` would not write. */
const raw = (text: string): string => `<raw>${text}</raw>`;
const rawText = (marked: string): string => marked.slice('<raw>'.length, -'</raw>'.length);
const RAW = /"<raw>(?:[^"\\]|\\.)*<\/raw>"/gu;

const nested = (levels: number): unknown => {
  let value: unknown = 'deep';
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { inner: value };
  return value;
};

const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, -1, 0.5, [], {}, [[]], [null], [{}], { id: null }, ''],
  ...['.', '..', 'a/b', '100%', '__x__', '%2F', ' ', '\0', 'a\nb', '\u2028', 'null', 'NaN', '[object Object]', '👋'],
  ...['ü'.repeat(750), 'x'.repeat(1_500), 'x'.repeat(100_000)],
  ...[1_795_160_000, 1_795_160_000_000, '1795160000', '2026-11-21T09:00:00Z', '2026-11-21', '21/11/2026', -1e15, 1e300],
  ...['1e400', '-1e400', '9007199254740993', '1'.repeat(400), '-0', '"\\ud83d"', '"\\udc4b\\ud83d"'].map(raw),
  ...[nested(20), nested(90)],
];

const oddKeys = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'a.b', 'a/b', '__x__', 'later', 'ключ'];

type Spoil = (place: Place) => void;

const spoil: fc.Arbitrary<Spoil> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...oddValues).map(put) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }).map(put) },
  { weight: 2, arbitrary: fc.constant<Spoil>(({ owner, key }) => void Reflect.deleteProperty(owner, key)) },
  { weight: 1, arbitrary: fc.constant<Spoil>(place => put([place.owner[place.key]])(place)) },
  { weight: 1, arbitrary: fc.constant<Spoil>(place => put(asText(place.owner[place.key]))(place)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...oddKeys), fc.constantFrom(...oddValues)).map(addBeside) },
  { weight: 1, arbitrary: fc.constantFrom(...oddValues).map(writeTwice) },
);

const mutation = fc.record({ place: fc.nat(), spoil });

/** Not by `String`: an object may have a `toString` of the corpus by then. */
const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined'));

function put(value: unknown): Spoil {
  return ({ owner, key }) => define(owner, key, value);
}

function addBeside([key, value]: [string, unknown]): Spoil {
  return ({ owner }) => {
    if (!Array.isArray(owner)) define(owner, key, value);
  };
}

/** The same key once more, before the one that is there: JSON allows it, and parsers differ in which they take. */
function writeTwice(value: unknown): Spoil {
  return ({ owner, key }) => {
    if (Array.isArray(owner)) return;
    const written = typeof value === 'string' && value.startsWith('<raw>') ? rawText(value) : JSON.stringify(value);
    const now = owner[key];
    Reflect.deleteProperty(owner, key);
    define(owner, raw(`${JSON.stringify(key)}:${written},${JSON.stringify(key)}`), now);
  };
}

/** Also where the key is `__proto__`. */
function define(owner: object, key: string, value: unknown): void {
  Object.defineProperty(owner, key, {
    value: structuredClone(value),
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

function places(tree: Tree): Place[] {
  const found: Place[] = [];
  const open: unknown[] = [tree.root];
  for (const value of open) {
    if (typeof value !== 'object' || value === null) continue;
    for (const key of Object.keys(value)) {
      found.push({ owner: value as Record<string, unknown>, key }); // an array's keys are its indices
      open.push((value as Record<string, unknown>)[key]);
    }
  }
  return found.length > 0 ? found : [{ owner: tree as unknown as Record<string, unknown>, key: 'root' }];
}

function pick(list: readonly Place[], place: number): Place {
  const picked = list[place % list.length];
  if (picked === undefined) throw new Error('there is always a place');
  return picked;
}
