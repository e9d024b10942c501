import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { portuguese } from './portuguese.ts';
import { spanish } from './spanish.ts';

/** Languages in the order they are tried; built on first use, since most teams ask in one. */
const languages = [english, german, french, spanish, portuguese];
const built: Lexicon[] = [];

export function* lexicons(): Generator<Lexicon> {
  for (const [index, words] of languages.entries()) yield (built[index] ??= lexiconOf(words));
}
