/** An error's own words may quote what it choked on; its kind and place do not. Pure. */
export function whereItBroke(error: unknown): { readonly kind: string; readonly at: string | undefined } {
  if (!(error instanceof Error)) return { kind: 'unknown', at: undefined };
  return { kind: error.name, at: /^\s+at .*$/mu.exec(error.stack ?? '')?.[0].trim() };
}
