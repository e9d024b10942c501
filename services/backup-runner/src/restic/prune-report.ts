/** What `prune` and `forget` say of each file they removed or were refused, in text: they have no JSON for it. Pure. */
export interface PruneReport {
  readonly freedBytes: number;
  readonly refused: number;
}

const REFUSED_SNAPSHOT = /^unable to remove snapshot\/([0-9a-f]{64}) from the repository/u;
const REFUSED_PACK = /^unable to remove data\/[0-9a-f]{64} from the repository/u;
/** Also written for a pack that was refused a line earlier. */
const REMOVED_PACK = /^removed data\/[0-9a-f]{64}/u;
const PLANNED = /^total prune:\s.*\/ ([\d.]+) (B|KiB|MiB|GiB|TiB)$/u;
const UNITS: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

export const refusedSnapshot = (line: string): string | undefined => REFUSED_SNAPSHOT.exec(line)?.[1];

/**
 * Bytes are as exact as restic's own figure (four digits or so); where some packs were refused, their part is taken by
 * number, since restic does not say what each would have freed. `undefined`: there is no figure in the text.
 */
export function pruneReport(lines: readonly string[]): PruneReport | undefined {
  const figure = lines.map(line => PLANNED.exec(line)).find(match => match !== null);
  const amount = Number(figure?.[1]);
  const unit = UNITS[figure?.[2] ?? ''];
  if (!Number.isFinite(amount) || unit === undefined) return undefined;
  const refused = lines.filter(line => REFUSED_PACK.test(line)).length;
  const tried = lines.filter(line => REMOVED_PACK.test(line)).length;
  const share = tried === 0 ? 1 : Math.max(0, 1 - refused / tried);
  return { freedBytes: Math.round(amount * unit * share), refused };
}
