/** `A, B and 3 more`: of more than `max` only the first. Pure. */
export function firstOf(words: readonly string[], max: number): string {
  const rest = words.length - max;
  return `${words.slice(0, max).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
