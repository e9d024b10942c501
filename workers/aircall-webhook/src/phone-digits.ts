/** "+44 20 7946 0103" to "+442079460103". Withheld numbers have no digits and stay unknown. Pure. */
export function phoneDigits(display: string | null | undefined): string | undefined {
  const digits = (display ?? '').replace(/\D/gu, '');
  if (digits === '') return undefined;
  return display?.trim().startsWith('+') ? `+${digits}` : digits;
}
