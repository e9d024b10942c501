import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DocumentSet } from './document-set.ts';

function setOf(documents: readonly Uint8Array[]): DocumentSet {
  const set = new DocumentSet();
  for (const document of documents) set.add(document);
  return set;
}

const documents = fc.uniqueArray(fc.uint8Array({ minLength: 1, maxLength: 30 }), {
  minLength: 1,
  selector: bytes => Buffer.from(bytes).toString('hex'),
});

test('the same documents in another order have the same digest', () => {
  fc.assert(
    fc.property(documents, all => {
      expect(setOf(all.toReversed()).digest).toBe(setOf(all).digest);
    }),
  );
});

test('a document that is missing, doubled, or different by one bit is seen', () => {
  fc.assert(
    fc.property(documents, all => {
      const { digest } = setOf(all);
      const [first = new Uint8Array(), ...others] = all;
      expect(setOf(others).digest).not.toBe(digest);
      expect(setOf([first, ...all]).digest).not.toBe(digest);
      expect(setOf([first.map((byte, index) => (index === 0 ? byte ^ 1 : byte)), ...others]).digest).not.toBe(digest);
    }),
  );
});
