/** What only a terminal needs. Pure. */

/** `2026-11-21 02:31 UTC`. */
export const formatInstant = (instant: Date): string => `${instant.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const BAR_WIDTH = 24;

/** `percent` from 0 to 100. */
export function drawBar(percent: number): string {
  const full = Math.round((percent / 100) * BAR_WIDTH);
  return `${'█'.repeat(full)}${'─'.repeat(BAR_WIDTH - full)}`;
}
