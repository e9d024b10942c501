/** Aircall's clock, which has whole seconds in events and answers. Pure. */

/** Version of what an event says: the second its payload was built, and its place among the events of that second. */
export const eventVersion = (timestampMs: number, order: number): number => secondOf(timestampMs) + order;

/**
 * Version of what a read showed. Reads are dated by our clock and events by Aircall's: within this allowance the event
 * wins, because a read that is wrongly held for the newer one would undo it. The next read of an idle thing wins anyway.
 */
const CLOCKS_DIFFER_MS = 5_000;

export const readVersion = (beganAtMs: number): number => Math.max(0, secondOf(beganAtMs - CLOCKS_DIFFER_MS));

const secondOf = (ms: number): number => Math.floor(ms / 1000) * 1000;
