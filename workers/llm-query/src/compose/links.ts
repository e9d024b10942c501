import type { Links } from './draft.ts';

/** Links to the thing itself, always built here: no link of anybody's text is ever posted. Pure. */
export const linksTo = (addresses: { readonly guestyApp: string; readonly aircallApp: string }): Links => ({
  booking: reservationId => `${addresses.guestyApp}/reservations/${encodeURIComponent(reservationId)}/summary`,
  call: callId => `${addresses.aircallApp}/calls/${encodeURIComponent(callId)}/timeline`,
});
