/** Rows under their headings, each column as wide as its widest cell; figures stand at the right. Pure. */
export function table(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const isFigures = headings.map((_heading, column) => rows.every(row => typeof row[column] === 'number'));
  const texts = [headings, ...rows.map(row => row.map(cellText))];
  const widths = headings.map((_heading, column) => Math.max(...texts.map(row => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isFigures[column] === true ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return texts.map(line).join('\n');
}

const cellText = (cell: string | number): string =>
  typeof cell === 'number' ? cell.toLocaleString('en-GB') : printable(cell);

/** Ids and names are others' text: what would move the cursor is shown as a dot. */
export const printable = (text: string): string => text.replace(/\p{C}/gu, '·');
