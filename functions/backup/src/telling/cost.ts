import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';

/** What the server of a run cost. Integers throughout: money is never a float. Pure. */

const HOUR_MS = 3_600_000;

/**
 * Started hours from the server's creation until it was gone, times the net hourly price, as exact decimal text.
 * `undefined` for a run that never had a server.
 */
export function costOf({ server }: Pick<BackupRun, 'server'>, goneAt: Date): BackupRun['cost'] {
  if (server === undefined) return undefined;
  const livedMs = goneAt.getTime() - Date.parse(server.createdAt);
  const startedHours = Math.max(1, Math.ceil(livedMs / HOUR_MS));
  const { amount, currency } = server.hourlyPrice;
  return { startedHours, amount: multiplyDecimal(amount, startedHours), currency };
}

/** `amount` is unsigned decimal text as the price list has it; the answer has no trailing zeros behind the point. */
export function multiplyDecimal(amount: string, factor: number): string {
  const [, whole = '0', fraction = ''] = DECIMAL.exec(amount) ?? [];
  const digits = (BigInt(whole + fraction) * BigInt(factor)).toString().padStart(fraction.length + 1, '0');
  const point = digits.length - fraction.length;
  return `${digits.slice(0, point)}.${digits.slice(point)}`.replace(/\.?0*$/u, '');
}

/** Cents for a person to read, rounded half up; what is less than half a cent is not nothing. */
export function describeCost({ amount, currency }: NonNullable<BackupRun['cost']>): string {
  const [, whole = '0', fraction = ''] = DECIMAL.exec(amount) ?? [];
  const thousandths = BigInt(whole + fraction.padEnd(3, '0').slice(0, 3));
  const cents = (thousandths + 5n) / 10n;
  const isSomething = /[1-9]/u.test(amount);
  if (cents === 0n && isSomething) return `under 0.01 ${currency}`;
  const text = cents.toString().padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)} ${currency}`;
}

const DECIMAL = /^(\d+)(?:\.(\d+))?$/u;
