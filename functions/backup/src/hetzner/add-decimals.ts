/** Sum of two unsigned decimal texts (`0.0096000000`), exact and with the digits of the longer one. Pure. */
export function addDecimals(a: string, b: string): string {
  const digits = Math.max(fractionOf(a).length, fractionOf(b).length);
  const scaled = (text: string): bigint => BigInt((text.split('.')[0] ?? '') + fractionOf(text).padEnd(digits, '0'));
  const sum = (scaled(a) + scaled(b)).toString().padStart(digits + 1, '0');
  return digits === 0 ? sum : `${sum.slice(0, -digits)}.${sum.slice(-digits)}`;
}

const fractionOf = (text: string): string => text.split('.')[1] ?? '';
