import { chatVersion } from '@innkeeper/shared/contracts/chat-change';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { resumeTokenVersion } from './resume-token-time.ts';

it('reads the cluster time of a token, of an event as of a quiet batch', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 32 - 1), fc.nat(2 ** 21 - 1), fc.constantFrom('2B0429296E1404', ''), (t, i, rest) => {
      const hex = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0');
      expect(resumeTokenVersion({ _data: `82${hex(t)}${hex(i)}${rest}` })).toBe(chatVersion(t, i));
    }),
  );
});

it.each([{}, { _data: 5 }, { _data: '82675000' }, { _data: '9967500000000000022B' }, { _data: 'not hexadecimal' }])(
  'knows no time of %o',
  token => {
    expect(resumeTokenVersion(token)).toBeUndefined();
  },
);
