/** Id of a message in chat: 24 hex characters that depend on what is said only, so that repeating it posts nothing new. */
export async function messageId(key: string): Promise<string> {
  const seed = new TextEncoder().encode(`innkeeper backup ${key}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', seed));
  return Array.from(digest.subarray(0, 12), byte => byte.toString(16).padStart(2, '0')).join('');
}
