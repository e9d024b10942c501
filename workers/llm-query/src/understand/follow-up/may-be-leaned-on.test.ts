import { describe, expect, it } from 'vitest';
import { askedAt, homes, words } from '../__fixtures__/world.ts';
import { understand } from '../understand.ts';
import { mayBeLeanedOn } from './may-be-leaned-on.ts';

const leansOn = (text: string): boolean => mayBeLeanedOn(understand({ text, askedAt, homes, words }));

describe('what a follow-up leans on', () => {
  it.each([
    'arrivals tomorrow',
    'what did the guests say about the heating',
    'is the Blue Flat free',
    'when does Mia arrive',
  ])('"%s"', text => {
    expect(leansOn(text)).toBe(true);
  });

  it.each(['and the towels?', 'only the red ones', 'what about the noise', '🙂', 'help', 'please call the guest'])(
    'not "%s": the thread still speaks of what was understood before',
    text => {
      expect(leansOn(text)).toBe(false);
    },
  );
});
