/**
 * Compares secrets without telling by its duration how much of a guess was right, nor how long the secret is:
 * both sides are hashed first, so what is compared always has 32 bytes. WebCrypto only, no I/O.
 */
export async function constantTimeEqual(left: string | Uint8Array, right: string | Uint8Array): Promise<boolean> {
  const [a, b] = await Promise.all([digest(left), digest(right)]);
  let difference = 0;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}

/** Whether `candidate` is one of `accepted`. Every one is compared, so the duration does not tell which matched. */
export async function matchesAny(candidate: string, accepted: readonly string[]): Promise<boolean> {
  const matches = await Promise.all(accepted.map(secret => constantTimeEqual(candidate, secret)));
  return matches.includes(true);
}

async function digest(value: string | Uint8Array): Promise<Uint8Array> {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : Uint8Array.from(value);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
