import type { GuestyReservation, GuestyStayPart } from '@innkeeper/shared/adapters/guesty/payload';
import { toLocalTime } from '../normalise-moment.ts';

/**
 * The newer routes show every segment of a stay, but its times only as instants with the home's usual times in them,
 * the guest only by id, and not when the booking last changed. The older list says what was planned, and who comes.
 * Pure.
 */
export function completeReservation(newer: GuestyReservation, older: GuestyReservation | undefined): GuestyReservation {
  if (older === undefined) return newer;
  return {
    ...newer,
    guestId: newer.guestId ?? older.guestId,
    guest: newer.guest ?? older.guest,
    lastUpdatedAt: newer.lastUpdatedAt ?? older.lastUpdatedAt,
    plannedArrival: older.plannedArrival,
    plannedDeparture: older.plannedDeparture,
    stay: withPlannedTimes(newer.stay ?? [], older),
  };
}

/** The whole booking arrives with its first segment and departs with its last. */
function withPlannedTimes(stay: readonly GuestyStayPart[], whole: GuestyReservation): GuestyStayPart[] {
  return stay
    .toSorted((left, right) => ((left.checkInDateLocalized ?? '') < (right.checkInDateLocalized ?? '') ? -1 : 1))
    .map((part, index) => ({
      ...part,
      ...(index === 0 ? { plannedArrival: whole.plannedArrival } : {}),
      ...(index === stay.length - 1 ? { plannedDeparture: whole.plannedDeparture } : {}),
    }));
}

/** Whether it says of itself what was planned, be it nothing. */
export const tellsPlannedTimes = (reservation: GuestyReservation): boolean =>
  [reservation, ...(reservation.stay ?? [])].some(tellsTimes);

const tellsTimes = (part: GuestyStayPart): boolean =>
  [part.plannedArrivalTime, part.plannedDepartureTime, part.plannedArrival, part.plannedDeparture].some(
    time => time !== undefined,
  ) || [part.eta, part.etd].some(time => toLocalTime(time) !== undefined);
