import { ReservationId } from '@innkeeper/shared/domain/ids';
import type { Interpretation, ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import { rank } from '@innkeeper/shared/ingest/record-change';
import { buildChange, webhookOrigin } from './build-change.ts';
import { toEpochMs } from './normalise-moment.ts';
import { PaymentEvent } from './payload.ts';
import type { GuestyPorts } from './ports.ts';
import { unexpected } from './unexpected.ts';

/**
 * That a payment was received, failed, was refunded or disputed: the fact and the state. Amounts, cards and people's
 * addresses are never read. Pure.
 */
export function interpretPayment(_ports: GuestyPorts, received: ReceivedDelivery, event: string): Interpretation {
  const parsed = PaymentEvent.safeParse(received.payload);
  const life = Object.hasOwn(LIVES, event) ? LIVES[event] : undefined;
  if (!parsed.success || life === undefined) return unexpected(parsed.error ?? { issues: [{ path: ['event'] }] });
  const { payment } = parsed.data;
  const paymentId = idOf(life, payment);
  if (paymentId === undefined) {
    return unexpected({ issues: [{ path: ['payment', life.of === 'payment' ? 'paymentId' : 'reservationId'] }] });
  }

  const origin = webhookOrigin(received, event);
  const happenedAtMs = toEpochMs(momentOf(payment)) ?? origin.observedAtMs;
  const facts = {
    paymentId,
    reservationId: ReservationId.safeParse(payment.reservationId).data,
    state: life.state,
    happenedAt: new Date(happenedAtMs).toISOString(),
  };
  const version = life.stage * STAGE + happenedAtMs;
  const part = { rank: rank.state, version, facts, deleted: false };
  return { kind: 'understood', changes: [buildChange(origin, 'payment', paymentId, [part])] };
}

interface Life {
  readonly state: string;
  /** The vendor seldom dates these events: what is paid is no longer overdue, what is refunded no longer received. */
  readonly stage: 0 | 1 | 2;
  /** Whose state it is: one payment's, the booking's balance, or its means of payment. */
  readonly of: 'payment' | 'balance' | 'method';
}

/** Above every time in milliseconds, so that a later stage always wins. */
const STAGE = 1e14;

const LIVES: Readonly<Record<string, Life>> = {
  'payments.overdue': { state: 'overdue', stage: 0, of: 'payment' },
  'payments.failed': { state: 'failed', stage: 0, of: 'payment' },
  'payments.authenticationRequired': { state: 'authentication_required', stage: 0, of: 'payment' },
  'payments.authenticationFailed': { state: 'authentication_failed', stage: 0, of: 'payment' },
  'payments.authorizationHoldFailed': { state: 'authorization_hold_failed', stage: 0, of: 'payment' },
  'payments.received': { state: 'received', stage: 1, of: 'payment' },
  'payments.refunded': { state: 'refunded', stage: 2, of: 'payment' },
  'payments.disputes': { state: 'disputed', stage: 2, of: 'payment' },
  'payments.overcharged': { state: 'overcharged', stage: 0, of: 'balance' },
  'payments.overcharge.expected': { state: 'overcharge_expected', stage: 0, of: 'balance' },
  'payments.method.received': { state: 'method_received', stage: 0, of: 'method' },
  'payments.invalidPaymentMethod': { state: 'method_invalid', stage: 0, of: 'method' },
  'payments.invalidBcomCard': { state: 'method_invalid', stage: 0, of: 'method' },
  'payments.invalidSecondBcomCard': { state: 'method_invalid', stage: 0, of: 'method' },
};

function idOf({ of }: Life, { paymentId, reservationId }: PaymentEvent['payment']): string | undefined {
  if (of === 'payment' && paymentId) return paymentId;
  return reservationId ? `${of}-${reservationId}` : undefined;
}

const momentOf = ({ paidAt, failedAt, refundedAt }: PaymentEvent['payment']) => refundedAt ?? paidAt ?? failedAt;
