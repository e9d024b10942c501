/** Right, or wrong with the first reason found. */
export type Verdict = { readonly isRight: true } | { readonly isRight: false; readonly because: string };

export const RIGHT: Verdict = { isRight: true };
export const wrong = (because: string): Verdict => ({ isRight: false, because });

/** The first that is wrong, else right. */
export const allOf = (...verdicts: readonly Verdict[]): Verdict => verdicts.find(({ isRight }) => !isRight) ?? RIGHT;

export const unless = (isRight: boolean, because: string): Verdict => (isRight ? RIGHT : wrong(because));
