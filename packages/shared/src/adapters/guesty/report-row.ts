import type { GuestyRow } from './guesty-call.ts';

/**
 * A row of Guesty's reports (guests, tasks) to plain values: many of its cells are what the vendor's own table shows,
 * `{children}` for a text, `{date}` for a moment, `{startTime, …}` for when a task is planned. Pure.
 */
export const plainRow = (row: GuestyRow): GuestyRow =>
  Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, plainCell(cell)]));

const SHOWN = ['children', 'date', 'startTime'] as const;

function plainCell(cell: unknown): unknown {
  if (typeof cell !== 'object' || cell === null || Array.isArray(cell)) return cell;
  const shown = SHOWN.find(name => name in cell);
  return shown === undefined ? cell : (cell as GuestyRow)[shown];
}
