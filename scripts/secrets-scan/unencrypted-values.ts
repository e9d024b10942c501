import { isScalar, parseDocument, visit } from 'yaml';

/** Values of a file of sops that are not encrypted: somebody wrote them beside sops. Pure. */
export interface UnencryptedValue {
  readonly text: string;
  /** Where it begins. */
  readonly offset: number;
}

const PATH = /^secrets\/[^/]+\/[^/]+\.sops\.ya?ml$/u;

export function unencryptedValues(path: string, text: string): readonly UnencryptedValue[] {
  if (!PATH.test(path)) return [];
  const found: UnencryptedValue[] = [];
  visit(parseDocument(text), {
    // What sops keeps for itself is not encrypted.
    Pair: (_key, pair) => (isScalar(pair.key) && pair.key.value === 'sops' ? visit.SKIP : undefined),
    Scalar: (key, { value, range }) => {
      if (key === 'key' || value === null || value === '') return;
      const written = typeof value === 'string' ? value : JSON.stringify(value);
      if (!written.startsWith('ENC[')) found.push({ text: written, offset: range?.[0] ?? 0 });
    },
  });
  return found;
}
