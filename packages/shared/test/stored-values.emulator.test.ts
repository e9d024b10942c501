import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { firestoreRest } from '../src/adapters/firestore/firestore-rest.ts';
import { firestoreSdk } from '../src/adapters/node/firestore-sdk.ts';
import type { DocumentFields, DocumentPath, DocumentStore } from '../src/ports/document-store.ts';
import { ok } from '../src/result/result.ts';
import { arbitraryFields } from '../src/testing/arbitrary-document.ts';
import { firestoreEmulatorHost } from '../src/testing/emulator-hosts.ts';

const project = 'stored-values';
const rest = firestoreRest({
  baseUrl: `http://${firestoreEmulatorHost()}/v1`,
  project,
  database: '(default)',
  tokens: { token: async () => ok('owner') },
  fetch,
  random: Math.random,
  sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
});
const sdk = firestoreSdk({ project, database: '(default)', emulatorHost: firestoreEmulatorHost() });
afterAll(() => sdk.close());

/** One commit and one read carry many documents: the round trips are the slow part. */
const arbitraryDocuments = fc.array(arbitraryFields, { minLength: 10, maxLength: 20 });
const RUNS = 8;

async function writeThenRead(
  writer: DocumentStore,
  reader: DocumentStore,
  documents: readonly DocumentFields[],
): Promise<(DocumentFields | undefined)[]> {
  const paths = documents.map((_fields, index): DocumentPath => `values/${index}`);
  const written = await writer.commit(
    documents.map((fields, index) => ({ op: 'set', path: paths[index] ?? 'values/x', fields })),
  );
  expect(written).toMatchObject({ ok: true });
  const read = await reader.getAll(paths);
  expect(read).toMatchObject({ ok: true });
  return read.ok ? read.value.map(document => document?.fields) : [];
}

describe.each([
  ['REST', 'REST', rest, rest],
  ['REST', 'the SDK', rest, sdk],
  ['the SDK', 'REST', sdk, rest],
  ['the SDK', 'the SDK', sdk, sdk],
])('written through %s and read through %s', (_writer, _reader, writer, reader) => {
  it('any document is the same afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryDocuments, async documents => {
        expect(await writeThenRead(writer, reader, documents)).toEqual(documents);
      }),
      { numRuns: RUNS },
    );
  });
});
