import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { DocumentFields } from '@innkeeper/shared/ports/document-store';
import { type InMemoryDocumentStore, inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callFrom, guestWith, type NumberedDocument } from '../testing/guests-and-calls.ts';
import { interleaved, Killed, killer } from '../testing/interleaved.ts';
import { link } from './link.ts';

const NUMBERS = ['+442079460101', '+442079460102'];
const number = fc.constantFrom(...NUMBERS);

const written = fc.array(
  fc.oneof(
    fc
      .tuple(fc.constantFrom('g1', 'g2'), fc.subarray(NUMBERS), fc.boolean())
      .map(([id, phones, deleted]) => guestWith(id, `Guest ${id}`, phones, { deleted })),
    fc.tuple(fc.constantFrom('1', '2'), number).map(([id, phone]) => callFrom(id, phone)),
  ),
  { minLength: 1, maxLength: 7 },
);

const recordsIn = (store: InMemoryDocumentStore): BusinessRecord[] =>
  [...store.documents.values()].flatMap(({ path, fields }) =>
    path.startsWith('records/') ? [BusinessRecord.parse(fields)] : [],
  );

/** Who has the number of a call, worked out from the records alone. */
function guestsByNumber(records: readonly BusinessRecord[], phone: string | undefined): string[] {
  return records
    .flatMap(record =>
      record.kind === 'guest' && !record.deleted && record.facts.phones.includes(phone ?? '')
        ? [record.facts.guestId as string]
        : [],
    )
    .sort();
}

test('any order, several runs at once, kills between any two steps: each call ends with everyone who has its number', async () => {
  await fc.assert(
    fc.asyncProperty(written, fc.scheduler(), fc.infiniteStream(fc.nat(30)), async (documents, scheduler, chances) => {
      const store = inMemoryDocumentStore({ now: () => 0 });
      const ports = {
        store: interleaved(store, scheduler, killer(chances, 4)),
        now: () => 0,
        random: () => 0,
        wait: () => Promise.resolve(),
      };
      // At least once, as the platform does it: an event whose run fails or dies comes again.
      const deliver = async (key: string): Promise<void> => {
        for (;;) {
          const linked = await link(ports, key).catch((error: unknown) => {
            if (error instanceof Killed) return undefined;
            throw error;
          });
          if (linked?.ok) return;
        }
      };
      const write = async ([path, fields]: NumberedDocument): Promise<void> => {
        await scheduler.schedule(Promise.resolve(), `write ${path}`);
        // As the ingest does it: silent about the guests that are linked already.
        const before = store.documents.get(path)?.fields ?? {};
        const { guests = null } = (before['facts'] ?? {}) as DocumentFields;
        const facts = { ...(fields['facts'] as DocumentFields), ...(guests === null ? {} : { guests }) };
        await store.commit([{ op: 'set', path, fields: { ...fields, stamps: before['stamps'] ?? {}, facts } }]);
        await deliver(path.slice('records/'.length));
      };
      await scheduler.waitFor(Promise.all(documents.map(write)));

      const records = recordsIn(store);
      for (const record of records) {
        if (record.kind !== 'call') continue;
        const linked = (record.facts.guests ?? []).map(({ id }) => id as string).sort();
        expect(linked).toEqual(guestsByNumber(records, record.facts.externalNumber));
      }
    }),
    { numRuns: 200 },
  );
});
