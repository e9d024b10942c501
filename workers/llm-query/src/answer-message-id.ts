/**
 * Id of the chat message that carries part `part` (from 0) of the answer to a question. Derived, so that posting
 * again changes nothing and anyone who knows the question can find its answer. No state; runs wherever WebCrypto is.
 *
 * 24 hexadecimal digits of SHA-256: Rocket.Chat's own ids have 17 characters, so this can never be one it minted.
 */
export async function answerMessageId(questionMessageId: string, part: number): Promise<string> {
  const seed = new TextEncoder().encode(`innkeeper answer ${part} ${questionMessageId}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', seed));
  return Array.from(digest.subarray(0, 12), byte => byte.toString(16).padStart(2, '0')).join('');
}
