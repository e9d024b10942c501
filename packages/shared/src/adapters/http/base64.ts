/** Bytes as the text that JSON APIs carry, with what both Workers and Node have. Pure. */
const CHUNK_BYTES = 0x80_00; // arguments of one call stay far below every engine's limit

export function bytesToBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES));
  }
  return btoa(binary);
}

/** Takes the standard and the URL-safe alphabet; throws on anything else. */
export function bytesFromBase64(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, character => character.charCodeAt(0));
}
