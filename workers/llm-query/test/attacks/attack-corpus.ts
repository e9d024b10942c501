import { type Aim, attackSeeds, FALSEHOOD, FALSEHOOD_AS_NAME } from './attack-seeds.ts';
import { type EncodingName, encodings } from './encodings.ts';

/** Every attack as it was written and in four disguises; each disguise is worn by many. Pure. */
export interface Attack {
  readonly aim: Aim;
  readonly encoding: EncodingName;
  /** Where somebody writes sentences. */
  readonly text: string;
  /** Where somebody writes a name. */
  readonly asName: string;
}

const names = Object.keys(encodings).filter(name => name !== 'plain');
const DISGUISES_EACH = 4;

/** By seed, then by disguise; the first is plain. */
export const attacks: readonly (readonly Attack[])[] = attackSeeds.map(({ aim, text }, seed) => {
  const worn = Array.from({ length: DISGUISES_EACH }, (_, at) => names[(seed * DISGUISES_EACH + at) % names.length]);
  return (['plain', ...worn] as EncodingName[]).map(encoding => ({
    aim,
    encoding,
    text: encodings[encoding](text),
    asName: encodings[encoding](text.replaceAll(FALSEHOOD, FALSEHOOD_AS_NAME)),
  }));
});
export const DISGUISES = DISGUISES_EACH + 1;
