import { describe, expect, it } from 'vitest';
import { embedDocument, embedQuestion } from './bm25.ts';
import { murmur3 } from './murmur3.ts';
import { Refusal } from './refusal.ts';
import { tokenise } from './tokenise.ts';

const options = { language: 'none', tokenizer: 'multilingual', ascii_folding: true } as const;
const document = (text: string) => ({ text, model: 'qdrant/bm25', options });
const words = { lowercase: true, asciiFolding: true, minTokenLength: 0, maxTokenLength: 40 };

describe('murmur3', () => {
  it.each([
    ['', 0],
    ['a', 0x3c2569b2],
    ['hello', 0x248bfa47],
    ['hello, world', 0x149bbb7f],
    ['The quick brown fox jumps over the lazy dog', 0x2e4ff723],
  ])('hashes %j as the published vectors say', (text, hash) => {
    expect(murmur3(text)).toBe(hash);
  });
});

describe('tokenise', () => {
  it('drops words without a letter only in the multilingual way', () => {
    const text = "Check-out at 10:30, Anna's flat 4b";
    expect(tokenise(text, { ...words, tokeniser: 'multilingual' })).toEqual([
      'check',
      'out',
      'at',
      'anna',
      's',
      'flat',
      '4b',
    ]);
    expect(tokenise(text, { ...words, tokeniser: 'word' })).toEqual([
      'check',
      'out',
      'at',
      '10',
      '30',
      'anna',
      's',
      'flat',
      '4b',
    ]);
    expect(tokenise(text, { ...words, tokeniser: 'whitespace' })).toEqual([
      'check-out',
      'at',
      '10:30,',
      "anna's",
      'flat',
      '4b',
    ]);
  });

  it('folds letters of many alphabets to ASCII, and leaves the others', () => {
    expect(tokenise('Müller Straße Łódź Ærø Škoda Жук', { ...words, tokeniser: 'multilingual' })).toEqual([
      'muller',
      'strasse',
      'lodz',
      'aero',
      'skoda',
      'жук',
    ]);
  });

  it('cuts scripts without spaces into words', () => {
    expect(tokenise('東京の部屋', { ...words, tokeniser: 'multilingual' }).length).toBeGreaterThan(1);
  });

  it('keeps to the lengths asked for', () => {
    const limited = { ...words, tokeniser: 'word', minTokenLength: 2, maxTokenLength: 4 } as const;
    expect(tokenise('a key opens door', limited)).toEqual(['key', 'door']);
  });
});

describe('BM25', () => {
  it('weighs a repeated word more, but less each time, and a long text less', () => {
    const [once] = embedDocument(document('garden')).values;
    const [twice] = embedDocument(document('garden garden')).values;
    const [inLong] = embedDocument(document(`garden ${'garden '.repeat(0)}${'x '.repeat(200)}`)).values.toSorted();
    expect(twice).toBeGreaterThan(once ?? 0);
    expect(twice).toBeLessThan(2 * (once ?? 0));
    expect(inLong).toBeLessThan(once ?? 0);
  });

  it('asks for every word once', () => {
    const question = embedQuestion(document('Garden garden STUDIO'));
    expect([...question.values]).toEqual([1, 1]);
    expect([...question.indices]).toEqual([...question.indices].toSorted((a, b) => a - b));
  });

  it('refuses a model it has no service for, as the real server does', () => {
    const other = { text: 'x', model: 'sentence-transformers/all-minilm-l6-v2' };
    expect(() => embedDocument(other)).toThrow(
      new Refusal(
        500,
        'Service internal error: InferenceService URL not configured - please provide valid address in config',
      ),
    );
  });

  it('refuses stemming and prefixes instead of leaving them out silently', () => {
    expect(() => tokenise('garden', { ...words, tokeniser: 'prefix' })).toThrow(/prefix/u);
    expect(() => embedQuestion({ text: 'x', model: 'qdrant/bm25' })).toThrow(/stemming/u);
  });
});
