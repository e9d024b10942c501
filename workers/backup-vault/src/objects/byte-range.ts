/** What a `Range` header asks for (RFC 9110, one range of bytes), and which bytes of an object that are. Pure. */
export type ByteRange =
  | { readonly offset: number; readonly length?: number }
  /** The last bytes. */
  | { readonly suffix: number };

/** `undefined`: no range, several, or another unit, for which the RFC lets a server send everything. */
export function parseRange(header: string | null): ByteRange | undefined {
  const parts = /^bytes=(\d{0,15})-(\d{0,15})$/u.exec(header ?? '');
  if (parts === null) return undefined;
  const [, first = '', last = ''] = parts;
  if (first === '') return last === '' ? undefined : { suffix: Number(last) };
  if (last === '') return { offset: Number(first) };
  const length = Number(last) - Number(first) + 1;
  return length > 0 ? { offset: Number(first), length } : undefined;
}

/** First and last byte, both included; `undefined` when the range has no byte of the object. */
export function resolveRange(range: ByteRange, bytes: number): { first: number; last: number } | undefined {
  const first = 'suffix' in range ? Math.max(0, bytes - range.suffix) : range.offset;
  const end = 'suffix' in range || range.length === undefined ? bytes : Math.min(bytes, range.offset + range.length);
  return first < end ? { first, last: end - 1 } : undefined;
}
