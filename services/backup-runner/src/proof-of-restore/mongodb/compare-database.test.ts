import { Readable } from 'node:stream';
import fc from 'fast-check';
import { BSON, type Document, Int32, Long } from 'mongodb';
import { expect, test } from 'vitest';
import { compareDatabase } from './compare-database.ts';
import { type ExpectedDatabase, readExpected } from './expected-database.ts';

/**
 * A small model of a dump: documents change while it runs, each is read at some moment of its own, and the oplog has
 * all that happened. Restored, every document must be as it was in the end, and nothing else will do.
 */
interface Write {
  readonly id: number;
  readonly kind: 'put' | 'edit' | 'delete';
  readonly text: string;
}
interface History {
  readonly before: ReadonlyMap<number, string>;
  readonly writes: readonly Write[];
  /** How many writes had happened when the dump read the document of that id. */
  readonly readAfter: (id: number) => number;
}

const id = fc.integer({ min: 0, max: 12 });
const history: fc.Arbitrary<History> = fc
  .record({
    before: fc.dictionary(id.map(String), fc.string()),
    writes: fc.array(
      fc.record({ id, kind: fc.constantFrom('put' as const, 'edit' as const, 'delete' as const), text: fc.string() }),
      { maxLength: 15 },
    ),
    moments: fc.array(fc.nat({ max: 15 }), { minLength: 13, maxLength: 13 }),
  })
  .map(({ before, writes, moments }) => ({
    before: new Map(Object.entries(before).map(([key, text]) => [Number(key), text])),
    writes,
    readAfter: key => Math.min(moments[key] ?? 0, writes.length),
  }));

function stateAfter({ before, writes }: History, count: number): Map<number, string> {
  const state = new Map(before);
  for (const write of writes.slice(0, count)) {
    if (write.kind === 'put') state.set(write.id, write.text);
    else if (write.kind === 'delete') state.delete(write.id);
    else if (state.has(write.id)) state.set(write.id, `${write.text} (edited)`);
  }
  return state;
}

const documentOf = (_id: number, text: string): Document => ({ _id: new Int32(_id), text });
const NS = 'rocketchat.rocketchat_message';

function oplogOf({ writes }: History): Document[] {
  return writes.map(({ id: _id, kind, text }) => {
    const key = { _id: new Int32(_id) };
    if (kind === 'put') return { op: 'u', ns: NS, o: documentOf(_id, text), o2: key };
    if (kind === 'delete') return { op: 'd', ns: NS, o: key };
    return { op: 'u', ns: NS, o: { $v: 2, diff: { u: { text: `${text} (edited)` } } }, o2: key };
  });
}

function archiveOf(made: History): Buffer {
  const documents = Array.from({ length: 13 }, (_, key) => {
    const text = stateAfter(made, made.readAfter(key)).get(key);
    return text === undefined ? [] : [documentOf(key, text)];
  }).flat();
  const doc = (document: Document): Uint8Array => BSON.serialize(document);
  const end = Buffer.from('ffffffff', 'hex');
  const collection = (db: string, name: string, content: readonly Document[]): Uint8Array[] => [
    doc({ db, collection: name, EOF: false, CRC: new Long(0) }),
    ...content.map(doc),
    end,
    doc({ db, collection: name, EOF: true, CRC: new Long(0) }),
    end,
  ];
  return Buffer.concat([
    Buffer.from('6de29981', 'hex'),
    doc({ version: '0.1', server_version: '8', tool_version: '100' }),
    end,
    ...collection('rocketchat', 'rocketchat_message', documents),
    ...collection('', 'oplog', oplogOf(made)),
  ]);
}

const expectedOf = (made: History): Promise<ExpectedDatabase> => {
  const archive = archiveOf(made);
  return readExpected(() => Readable.from([archive]));
};

const compare = async (made: History, restored: ReadonlyMap<number, string>): Promise<boolean> => {
  const documents = Array.from(restored, ([_id, text]) => BSON.serialize(documentOf(_id, text)));
  const { collections } = await expectedOf(made);
  return (await compareDatabase(() => Readable.from(documents), collections)).ok;
};

/** An edit of a document that is not there is not in any oplog. */
const possible = history.map(made => ({
  ...made,
  writes: made.writes.filter(({ id: key, kind }, at) => kind !== 'edit' || stateAfter(made, at).has(key)),
}));

test('whatever was written during the dump, the state at its end is right', async () => {
  await fc.assert(
    fc.asyncProperty(possible, async made => {
      expect(await compare(made, stateAfter(made, made.writes.length))).toBe(true);
    }),
  );
});

test('a document that is missing is found, touched or not', async () => {
  await fc.assert(
    fc.asyncProperty(possible, fc.nat(), async (made, which) => {
      const restored = stateAfter(made, made.writes.length);
      const lost = [...restored.keys()][which % Math.max(restored.size, 1)];
      fc.pre(lost !== undefined && restored.delete(lost));
      expect(await compare(made, restored)).toBe(false);
    }),
  );
});

test('a document that should be gone, or is other than its last whole write, is found', async () => {
  await fc.assert(
    fc.asyncProperty(possible, id, async (made, key) => {
      const restored = stateAfter(made, made.writes.length);
      const last = made.writes.findLast(write => write.id === key);
      fc.pre(last?.kind !== 'edit'); // Of these only the presence is known.
      restored.set(key, `${restored.get(key) ?? ''}!`);
      expect(await compare(made, restored)).toBe(false);
    }),
  );
});
