import { describe, expect, test } from 'vitest';
import { scrubPayload } from './scrub-payload.ts';

describe('what is kept of a delivery', () => {
  test('credentials, payment data and door codes are gone at every depth', () => {
    const kept = scrubPayload({
      token: 'abc',
      reservation: { keyCode: '4711', notes: { key_code: '4711', cleaning: 'Cot needed' } },
      guest: { paymentMethods: [{ card: { number: '4111111111111111' } }], phones: ['12016665626'] },
      list: [[{ doorCode: '1' }, 'text']],
    });
    expect(kept).toEqual({
      reservation: { notes: { cleaning: 'Cot needed' } },
      guest: { phones: ['12016665626'] },
      list: [[{}, 'text']],
    });
  });

  test('card numbers and door codes inside texts are gone, names and telephone numbers stay for the replay', () => {
    const kept = scrubPayload({
      body: 'My card is 4111 1111 1111 1111, the door code is 4711, call +44 7700 900123. Grace',
    });
    expect(JSON.stringify(kept)).not.toMatch(/4111|4711/u);
    expect(JSON.stringify(kept)).toMatch(/\+44 7700 900123.*Grace/u);
  });

  test('ids stay as they are, even those that look like a card', () => {
    expect(scrubPayload({ externalId: '4111111111111111' })).toEqual({ externalId: '4111111111111111' });
  });

  test('a signed link loses its signature', () => {
    const link = 'https://recordings.example.com/a.mp3?X-Amz-Expires=600&X-Amz-Signature=abc';
    expect(scrubPayload({ recording: link })).toEqual({ recording: 'https://recordings.example.com/a.mp3' });
  });
});
