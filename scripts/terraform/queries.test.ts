import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Expression } from '@innkeeper/terraform-check/hcl/hcl';
import { createHclParser } from '@innkeeper/terraform-check/hcl/parse-hcl';
import { describe, expect, it } from 'vitest';
import { compositeIndexOf, type FirestoreQuery, fieldsOf, queriesIn } from './firestore-queries.ts';

/** Every query of the code against the indexes of terraform/modules/gcp/firestore. */
const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Test code, and what stands in for Firestore, asks anything. */
const NOT_DEPLOYED =
  /\.test\.ts$|\/(?:node_modules|\.tsbuild|test|testing|proof)\/|^packages\/(?:local-stack|ingest-proof)\//u;
const sources = globSync(['workers/*/**/*.ts', 'functions/*/**/*.ts', 'services/*/**/*.ts', 'packages/*/src/**/*.ts'], {
  cwd: ROOT,
  exclude: ['**/node_modules/**', '**/.tsbuild/**', '**/dist/**'],
})
  .filter(file => !NOT_DEPLOYED.test(file))
  .map(file => ({ file, text: read(file) }));

const constants = new Map(
  sources.flatMap(({ text }) =>
    [...text.matchAll(/export const ([A-Z_]+_COLLECTION) = '(\w+)'/gu)].map(
      ([, name = '', value = '']) => [name, value] as const,
    ),
  ),
);
const byDocumentId = (collection: string): FirestoreQuery => ({ collection, filters: [], order: [] });

const CHAT_COLLECTIONS = ['chatMessages', 'chatRooms', 'chatMembers', 'chatAccess'];

/** Queries that are put together from parameters, one entry for each, with all that are asked that way. */
const BY_PARAMETER: Readonly<Record<string, readonly (readonly FirestoreQuery[])[]>> = {
  // `withFact`, for the facts it is called with.
  'services/sync-app/src/erase/find-records.ts': [
    ['facts.guestId ==', 'facts.reservationId =='].map(filter => ({
      collection: 'records',
      filters: [filter],
      order: [],
    })),
  ],
  'services/sync-app/src/erase/scan.ts': [
    [
      { collection: 'records', filters: ['kind =='], order: [] },
      ...['backups', 'events', 'parked', 'interactions', 'chatMessages'].map(byDocumentId),
    ],
  ],
  // `bounds('receivedAt', …)`.
  'services/sync-app/src/replay/find-targets.ts': [
    [{ collection: 'events', filters: ['receivedAt >=', 'receivedAt <'], order: ['receivedAt asc'] }],
  ],
  // The four collections of the chat, by document id or anything at all.
  'services/mongo-listener/src/healing/known-ids.ts': [
    CHAT_COLLECTIONS.map(byDocumentId),
    CHAT_COLLECTIONS.map(byDocumentId),
  ],
};

const found = sources.map(({ file, text }) => ({ file, ...queriesIn(text, constants) }));
const queries = [...found.flatMap(file => file.queries), ...Object.values(BY_PARAMETER).flat(2)];

const parse = await createHclParser();
const indexes = parse(read('terraform/modules/gcp/firestore/indexes.tf'), 'indexes.tf');
if (!indexes.ok) throw new Error(indexes.error);
const locals = indexes.value.blocks.find(({ type }) => type === 'locals')?.attributes ?? [];

/** A value of `locals` as plain data; what is no literal is left out. */
function plain(expression: Expression | undefined): unknown {
  if (expression?.kind === 'literal') return expression.value;
  if (expression?.kind === 'list') return expression.items.map(plain);
  if (expression?.kind !== 'object') return undefined;
  return Object.fromEntries(expression.entries.map(({ key, value }) => [key, plain(value)]));
}
const local = (name: string): object => Object(plain(locals.find(each => each.name === name)?.expression)) as object;

interface Index {
  readonly collection: string;
  readonly fields: readonly { readonly path: string; readonly order?: string; readonly array?: boolean }[];
}
const DIRECTIONS: Readonly<Record<string, string>> = { ASCENDING: 'asc', DESCENDING: 'desc' };
function indexText({ collection, fields }: Index): string {
  const parts = fields.map(field => `${field.path} ${field.array ? 'contains' : DIRECTIONS[field.order ?? '']}`);
  return `${collection}: ${parts.join(', ')}`;
}

describe('the queries of the code', () => {
  it('are all read: those put together from parameters are listed here', () => {
    const open = found.filter(file => file.open > 0).map(({ file, open: count }) => [file, count]);
    expect(Object.fromEntries(open)).toEqual(
      Object.fromEntries(Object.entries(BY_PARAMETER).map(([file, asked]) => [file, asked.length])),
    );
    expect(found.flatMap(file => file.queries).length).toBeGreaterThan(15);
  });

  it('have every composite index they need, and there is no other', () => {
    const needed = queries.flatMap(query => compositeIndexOf(query) ?? []);
    const made = Object.values(local('composite_indexes') as Record<string, Index>).map(indexText);
    expect(new Set(made)).toEqual(new Set(needed));
  });

  it('ask for the fields that no exemption may take the index from', () => {
    const asked: Record<string, string[]> = {};
    for (const query of queries) {
      for (const field of fieldsOf(query)) (asked[query.collection] ??= []).push(field);
    }
    const sorted = Object.entries(asked).map(([collection, fields]) => [collection, [...new Set(fields)].toSorted()]);
    expect(local('queried')).toEqual(Object.fromEntries(sorted));
  });
});

it('documents that end have a TTL, and no other collection has one', () => {
  /** Where `expireAt` is written, and into which collection. */
  const WRITTEN = {
    'functions/vectorize/src/chat/park-change.ts': 'events',
    'packages/shared/src/ingest/event-document.ts': 'events',
    'packages/shared/src/jobs/report-job.ts': 'reports',
  };
  const writing = sources.filter(({ text }) => /\bexpireAt\b(?: = |: )Timestamp/u.test(text)).map(({ file }) => file);
  expect(writing.toSorted()).toEqual(Object.keys(WRITTEN));
  const expiring = Object.values(local('expiring') as Record<string, { collection: string; field: string }>);
  expect(expiring.every(({ field }) => field === 'expireAt')).toBe(true);
  expect(new Set(expiring.map(({ collection }) => collection))).toEqual(new Set(Object.values(WRITTEN)));
});

describe('an index', () => {
  const query = (filters: readonly string[], order: readonly string[] = []): FirestoreQuery => ({
    collection: 'records',
    filters,
    order,
  });

  it.each([
    [query(['kind ==', 'deleted ==', 'source in']), undefined],
    [query(['receivedAt >='], ['receivedAt desc']), undefined],
    [query([], ['receivedAt asc']), undefined],
    [query(['numbers array-contains']), undefined],
    [query(['kind ==', 'receivedAt >=']), 'records: kind asc, receivedAt asc'],
    [query(['kind =='], ['receivedAt desc']), 'records: kind asc, receivedAt desc'],
    [query(['kind ==', 'numbers array-contains']), 'records: kind asc, numbers contains'],
    [query([], ['source asc', 'receivedAt desc']), 'records: source asc, receivedAt desc'],
    [query(['beds >'], ['receivedAt desc']), 'records: receivedAt desc, beds asc'],
  ])('of several fields is needed where one field does not serve: %j', (asked, index) => {
    expect(compositeIndexOf(asked)).toBe(index);
  });

  it('is asked for by what is written', () => {
    const text = `
      const page = await store.query({
        collection: THINGS_COLLECTION,
        where: [{ field: 'facts.zone', op: '==', value: { a: 1 } }],
        orderBy: [
          { field: 'at', direction: 'desc' },
          { field: '__name__', direction: 'desc' },
        ],
      });
      const next = await store.query({ ...query, limit: 1 });
      const byPlace = await store.query({ collection, limit: 1 });
      const byFilter = await store.query({ collection: 'things', where });
      const byField = await store.query({ collection: 'things', where: [{ field, op: '==', value }] });
    `;
    expect(queriesIn(text, new Map([['THINGS_COLLECTION', 'things']]))).toEqual({
      queries: [{ collection: 'things', filters: ['facts.zone =='], order: ['at desc'] }],
      open: 3,
    });
  });
});
