import { describe, expect, test } from 'vitest';
import paymentReceived from './__fixtures__/payments.received.constructed.json' with { type: 'json' };
import { eventTable } from './events/event-table.ts';
import { parked, quiet, storedEvent } from './testing/quiet-world.ts';

describe('payments', () => {
  const { paymentId, reservationId } = paymentReceived.payment;

  test('are kept as fact and state, never as amount, card or address', async () => {
    const at = quiet();
    await at.take(paymentReceived);
    expect(at.facts('payment', paymentId)).toEqual({
      paymentId,
      reservationId,
      state: 'received',
      happenedAt: '2026-11-20T10:00:00.000Z',
    });
    expect(JSON.stringify(at.record('payment', paymentId))).not.toMatch(/190|4242|Visa|Example Street/u);
  });

  test('once received are no longer overdue, whatever the order', async () => {
    const overdue = { event: 'payments.overdue', payment: { paymentId, reservationId } };
    for (const order of [
      [paymentReceived, overdue],
      [overdue, paymentReceived],
    ]) {
      const at = quiet();
      for (const payload of order) await at.take(payload);
      expect(at.facts('payment', paymentId)).toMatchObject({ state: 'received' });
    }
  });

  test('of a balance or a means of payment go by the booking', async () => {
    const at = quiet();
    await at.take({ event: 'payments.invalidBcomCard', payment: { reservationId } });
    await at.take({ event: 'payments.overcharged', payment: { reservationId } });
    expect(at.facts('payment', `method-${reservationId}`)).toMatchObject({ state: 'method_invalid' });
    expect(at.facts('payment', `balance-${reservationId}`)).toMatchObject({ state: 'overcharged' });
  });

  test('without an id are parked', async () => {
    const at = quiet();
    await at.take({ event: 'payments.received', payment: { amount: 3 } }, 'e1');
    expect(parked(at, 'e1')).toMatchObject({ detail: 'unexpected: payment.paymentId' });
  });

  test('of every kind the table names have a state', async () => {
    for (const name of Object.keys(eventTable).filter(key => key.startsWith('payments.'))) {
      const at = quiet();
      await at.take({ event: name, payment: { paymentId, reservationId } }, 'e1');
      expect([name, storedEvent(at, 'e1')?.['outcome']]).toEqual([name, 'written']);
    }
  });
});
