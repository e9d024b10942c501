import { describe, expect, test } from 'vitest';
import flatEvent from './__fixtures__/reservation.created.v2.flat.constructed.json' with { type: 'json' };
import messageReceived from './__fixtures__/reservation.messageReceived.airbnb.json' with { type: 'json' };
import { LISTING } from './testing/booking.ts';
import { marksOf, parked, quiet } from './testing/quiet-world.ts';

describe('a guest message', () => {
  const { postId } = messageReceived.message;

  test('is written at once; a booking not known is to be read', async () => {
    const at = quiet();
    expect(await at.take(messageReceived)).toBe('acknowledged');
    expect(at.facts('guest-message', postId)).toMatchObject({
      author: 'guest',
      channel: 'airbnb2',
      reservationId: messageReceived.reservationId,
      guestName: 'Grace Guest',
      sentAt: '2026-01-26T15:51:27.000Z',
      text: messageReceived.message.body,
    });
    expect(marksOf(at)).toEqual([['reservation', messageReceived.reservationId]]);
    expect(at.calls).toEqual([]);
  });

  test('has the home of a booking that is known, and asks for nothing', async () => {
    const at = quiet();
    await at.take({ ...flatEvent, data: { ...flatEvent.data, reservationId: messageReceived.reservationId } });
    at.dirtySet.settle(at.dirtySet.take(at.clock.now, () => 10));
    await at.take(messageReceived);
    expect(at.facts('guest-message', postId)).toHaveProperty('listingId', LISTING);
    expect(marksOf(at)).toEqual([]);
  });

  test('of an enquiry without a booking asks nobody', async () => {
    const at = quiet();
    const { reservationId: _none, ...enquiry } = messageReceived;
    await at.take({ ...enquiry, conversation: { ...enquiry.conversation, meta: { guestName: 'Grace Guest' } } });
    expect(at.facts('guest-message', postId)).toMatchObject({ guestName: 'Grace Guest' });
    expect(marksOf(at)).toEqual([]);
  });

  test.each([
    ['fromGuest', 'guest'],
    ['toHost', 'guest'],
    ['fromHost', 'host'],
    ['toGuest', 'host'],
    ['log', 'system'],
    [undefined, 'system'],
  ])('of type %s is by the %s', async (type, author) => {
    const at = quiet();
    await at.take({ ...messageReceived, message: { ...messageReceived.message, type } });
    expect(at.facts('guest-message', postId)).toMatchObject({ author });
  });

  test.each([
    [{ postId: 7 }, 'message.postId'],
    [{ body: ['a'] }, 'message.body'],
    [{ createdAt: 'yesterday' }, 'message.createdAt'],
  ])('with %j is parked with the path', async (odd, path) => {
    const at = quiet();
    await at.take({ ...messageReceived, message: { ...messageReceived.message, ...odd } }, 'e1');
    expect(parked(at, 'e1')).toMatchObject({ detail: `unexpected: ${path}` });
  });

  test('is not parked for a field it could do without', async () => {
    const at = quiet();
    const message = { ...messageReceived.message, module: 7, feedback: 'odd' };
    await at.take({ ...messageReceived, message, conversation: 'odd' });
    expect(at.facts('guest-message', postId)).toMatchObject({ author: 'guest' });
  });
});
