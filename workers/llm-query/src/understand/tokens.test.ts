import { describe, expect, it } from 'vitest';
import { tokenise } from './tokens.ts';

const textsIn = (question: string): readonly string[] => tokenise(question).map(({ text }) => text);

describe('words of a question', () => {
  it.each([
    ['Spätanreisen heute', ['spat', 'anreisen', 'heute']],
    ['Spaetabreise', ['spaet', 'abreise']],
    ['Frühabreisen', ['fruh', 'abreisen']],
    ['später anreisen', ['spater', 'anreisen']],
    ["l'arrivée d'aujourd'hui", ['l', 'arrivee', 'd', 'aujourdhui']],
  ])('%s', (question, texts) => {
    expect(textsIn(question)).toEqual(texts);
  });
});
