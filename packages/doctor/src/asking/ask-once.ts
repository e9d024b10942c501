/** The same answer for every check that needs it: asked when the first one does, and never again. */
export function askOnce<P extends readonly unknown[], T>(ask: (...of: P) => Promise<T>): (...of: P) => Promise<T> {
  let asked: Promise<T> | undefined;
  return (...of) => (asked ??= ask(...of));
}
