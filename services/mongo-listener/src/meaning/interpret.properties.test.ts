import { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import fc from 'fast-check';
import { Binary, Decimal128, type Document, Long, MinKey, ObjectId, Timestamp } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { FOLLOWED, type Followed, type SourceChange } from '../source-document.ts';
import { interpret } from './interpret.ts';

const ASSISTANT = { userId: 'bOtUsErId00000001', username: 'concierge.bot', words: ['!ask'] };
const ID = 'kT5wZc8Hn2RqXv9Le';

/** In every text that is generated, so that it can be recognised where no text may be. */
const MARK = '‹somebody wrote this›';
const text = fc.string({ unit: 'binary', maxLength: 12 }).map(more => `${MARK}${more}`);
const date = fc.date({ noInvalidDate: false });

/** Anything that a MongoDB document can hold. */
const { value } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, undefined, '', '..', '\0', '\ud83d', '__x__', true, false, 'rm', 'e2e', ASSISTANT.userId),
    fc.oneof(fc.double(), fc.maxSafeInteger()),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(number => Long.fromBigInt(number)),
    fc.constantFrom(new ObjectId('67160cdd55aaa39875b4596a'), new Binary(Buffer.from('x')), new Timestamp(1n)),
    fc.constantFrom(Decimal128.fromString('1'), new MinKey(), { _bsontype: MARK }),
    date,
    text,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom('_id', 'usernames', 'text', ':+1:'), text), tie('value'), { maxKeys: 3 }),
  ),
}));

const author = fc.constantFrom(
  { _id: 'X7ZSLm7umWPBNaDxT', username: 'frida' },
  { _id: ASSISTANT.userId, username: 'x' },
);
const SOUND: { readonly [K in Followed]: fc.Arbitrary<Document> } = {
  message: fc.record({
    rid: fc.constant('GENERAL'),
    msg: text.map(msg => msg.toWellFormed().replaceAll('\0', '')),
    ts: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
    u: author,
    reactions: fc.constant({ ':+1:': { usernames: ['jonas'] } }),
  }),
  room: fc.record({ t: fc.constantFrom('c', 'p', 'd', 'l', 'v', 'x'), fname: fc.constant('Front desk') }),
  subscription: fc.record({ rid: fc.constant('GENERAL'), u: author }),
  user: fc.record({ active: fc.boolean(), username: fc.constant('frida'), services: fc.record({ password: text }) }),
};

/** Fields that are read of any kind of document; `_updatedAt` stands for those that are not. */
const FIELDS = [
  ...['msg', 'rid', 'ts', 'u', 't', 'tmid', 'editedAt', 'attachments', 'file', 'files', 'mentions', 'reactions'],
  ...['_hidden', 'parent', 'private', 'e2e', 'content', 'name', 'fname', 'prid', 'teamId', 'teamMain', 'archived'],
  ...['uids', 'status', 'active', 'username', 'roles', '_updatedAt'],
];
const field = fc.constantFrom(...FIELDS);

const anyChange: fc.Arbitrary<SourceChange> = fc.constantFrom(...FOLLOWED).chain(followed =>
  fc.record(
    {
      followed: fc.constant(followed),
      operation: fc.constantFrom('insert', 'update', 'replace', 'delete'),
      origin: fc.constantFrom('stream', 'snapshot', 'healing'),
      version: fc.nat(),
      id: fc.oneof({ weight: 9, arbitrary: fc.constant(ID) }, { weight: 1, arbitrary: value }),
      document: fc
        .tuple(SOUND[followed], fc.dictionary(field, value, { maxKeys: 2, noNullPrototype: true }))
        .map(([sound, unsound]) => ({ ...sound, ...unsound })),
      touched: fc.uniqueArray(field).map(fields => new Set(fields)),
    },
    { requiredKeys: ['followed', 'operation', 'origin', 'version', 'id'] },
  ),
);

const RUNS = 2_000;

describe('whatever the database holds', () => {
  it('a change has one meaning, the same each time, that its readers take and JSON keeps', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(anyChange, change => {
        const meaning = interpret(change, ASSISTANT);
        expect(interpret(change, ASSISTANT)).toEqual(meaning);
        kinds.add(meaning.kind === 'change' ? meaning.change.kind : meaning.kind);
        const said = meaning.kind === 'ignored' ? undefined : meaning.change;
        if (said === undefined) return;
        expect(ChatChange.parse(JSON.parse(JSON.stringify(said)))).toEqual(said);
        expect([said.version, said.origin]).toEqual([change.version, change.origin]);
      }),
      { numRuns: RUNS },
    );
    // Every kind came up, else this proved little.
    expect(kinds.size).toBe(ChatChange.def.options.length + ['ignored', 'parked'].length);
  });

  it('what is not understood is told without a word of it', () => {
    fc.assert(
      fc.property(anyChange, change => {
        const meaning = interpret(change, ASSISTANT);
        if (meaning.kind === 'change') return;
        // What is withdrawn is named by its id; everything else is about the document.
        const { kind, reason, ...told } = { ...meaning, change: undefined };
        expect(JSON.stringify([kind, reason, told])).not.toContain(MARK);
        expect(meaning.reason).toMatch(/^[a-z][a-z0-9_]*$/u);
      }),
      { numRuns: RUNS },
    );
  });

  it('of a person nothing leaves but who they are and what they may', () => {
    fc.assert(
      fc.property(SOUND.user, document => {
        const meaning = interpret(
          { followed: 'user', operation: 'insert', origin: 'snapshot', version: 1, id: ID, document },
          ASSISTANT,
        );
        expect(JSON.stringify(meaning)).not.toContain(MARK);
      }),
    );
  });

  it('a quoted text is never said by who quotes it', () => {
    const part = fc.record({ title: value, text: value, description: value, attachments: value });
    const quote = part.map(parts => ({ ...parts, message_link: 'https://chat.example.com/channel/general?msg=x' }));
    fc.assert(
      fc.property(fc.array(quote, { minLength: 1, maxLength: 3 }), attachments => {
        const document = {
          rid: 'GENERAL',
          msg: 'I agree',
          ts: new Date(0),
          u: { _id: 'u', username: 'frida' },
          attachments,
        };
        const meaning = interpret(
          { followed: 'message', operation: 'insert', origin: 'stream', version: 1, id: ID, document },
          ASSISTANT,
        );
        expect(meaning).toMatchObject({ kind: 'change', change: { kind: 'message', text: 'I agree' } });
      }),
    );
  });
});
