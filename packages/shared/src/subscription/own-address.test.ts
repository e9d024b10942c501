import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOurs, rotatedAddress } from './own-address.ts';

const ADDRESS = 'https://guesty.example.com/webhooks/guesty';

describe('our address', () => {
  it('is the address itself or one of its successors', () => {
    expect(isOurs(ADDRESS, ADDRESS)).toBe(true);
    expect(isOurs(rotatedAddress(ADDRESS, '0a1b2c3d'), ADDRESS)).toBe(true);
  });

  it.each(['/', '/more', '?', '?subscription=', '?subscription=A', '?subscription=a&b=c', '?other=a', '#', '\n'])(
    'is not ours: %j behind it',
    rest => {
      expect(isOurs(`${ADDRESS}${rest}`, ADDRESS)).toBe(false);
    },
  );

  it('is nothing else that begins like it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), rest => {
        expect(isOurs(`${ADDRESS}${rest}`, ADDRESS)).toBe(false);
        expect(isOurs(`${rest}${ADDRESS}`, ADDRESS)).toBe(false);
      }),
    );
  });
});
