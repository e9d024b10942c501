/** One line of a terminal that is written over again. Where nobody watches (no terminal) it does nothing. */
export function progressLine(terminal: {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}): (line: string | undefined) => void {
  let isShown = false;
  return line => {
    if (terminal.isTTY !== true || (line === undefined && !isShown)) return;
    isShown = line !== undefined;
    terminal.write(`\r\u001B[2K${(line ?? '').slice(0, (terminal.columns ?? 80) - 1)}`);
  };
}
