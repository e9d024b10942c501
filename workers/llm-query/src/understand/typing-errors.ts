/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, each one error. Pure. */

/** Whether `typed` is `meant` with at most `errorsMax` errors (≤ 3). Words here are short: a question's word is ≤ 40 letters. */
export function isTypingErrorOf(typed: string, meant: string, errorsMax: number): boolean {
  if (typed === meant) return true;
  if (errorsMax === 0 || Math.abs(typed.length - meant.length) > errorsMax || typed.length > 40) return false;
  let beforeLast: number[] = [];
  let last = Array.from({ length: meant.length + 1 }, (_, index) => index);
  for (let row = 1; row <= typed.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= meant.length; column += 1) {
      const same = typed[row - 1] === meant[column - 1];
      let errors = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = typed[row - 1] === meant[column - 2] && typed[row - 2] === meant[column - 1];
      if (row > 1 && column > 1 && swapped) errors = Math.min(errors, (beforeLast[column - 2] ?? 0) + 1);
      current.push(errors);
    }
    if (Math.min(...current) > errorsMax) return false;
    beforeLast = last;
    last = current;
  }
  return (last[meant.length] ?? errorsMax + 1) <= errorsMax;
}
