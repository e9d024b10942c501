/**
 * A failure that was expected, as a value. Exceptions stay for bugs and for asking a platform to redeliver.
 */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });

export const err = <const E>(error: E): Result<never, E> => ({ ok: false, error });

/** Compile-time proof that a union was handled to the end; reaching it at run time is a bug. */
export function unreachable(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
