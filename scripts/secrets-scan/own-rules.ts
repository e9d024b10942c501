/** Formats of Innkeeper's own secrets, which no general rule knows. Pure. */
export interface OwnRule {
  readonly id: string;
  /** The secret is the last group, or the whole where there is none. */
  readonly pattern: RegExp;
  /** Text that a person invented reads like words; what a machine made does not. */
  readonly mustLookRandom?: true;
}

const ASSIGNMENT = /\b[A-Z][A-Z0-9_]*(?:TOKENS?|SECRETS?|PASSWORD|API_KEY|PRIVATE_KEY)\\?["']?\s*[:=]\s*\\?["']?/u;
const ASSIGNED = /([A-Za-z0-9+/_=-]{24,})(?=["'\s\\]|$)/u;

export const OWN_RULES: readonly OwnRule[] = [
  { id: 'guesty-webhook-secret', pattern: /\bwhsec_[A-Za-z0-9+/]{24,}={0,2}/gu, mustLookRandom: true },
  { id: 'private-jwk', pattern: /\bd\\?["']?\s*:\s*\\?["']([A-Za-z0-9_-]{43,})\\?["']/gu, mustLookRandom: true },
  {
    id: 'restic-password',
    pattern: /\bRESTIC_PASSWORD\b\\?["']?\s*[:=]\s*\\?["']?([^\s"'`$<{}()\\,;]{12,})/gu,
    mustLookRandom: true,
  },
  {
    id: 'hetzner-token',
    pattern:
      /(?<![A-Za-z0-9+/_-])(?=[a-z0-9]*[A-Z])(?=[A-Z0-9]*[a-z])(?=[A-Za-z]*\d)[A-Za-z0-9]{64}(?![A-Za-z0-9+/=_-])/gu,
  },
  { id: 'rocketchat-hook', pattern: /\/hooks\/[A-Za-z0-9]{17,24}\/([A-Za-z0-9]{30,})/gu },
  {
    id: 'rocketchat-token',
    pattern: /\b(?:x-auth-token|authtoken|rocketchat_auth_token)\b\\?["']?\s*[:=]\s*\\?["']?([\w-]{43})\b/giu,
    mustLookRandom: true,
  },
  { id: 'pem-private-key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\n|\s)+([A-Za-z0-9+/=]{40,})/gu },
  { id: 'groq-key', pattern: /\bgsk_[A-Za-z0-9]{40,}\b/gu },
  { id: 'qdrant-key', pattern: /\beyJhbGciOi[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{30,}/gu },
  { id: 'age-identity', pattern: /\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b/gu },
  {
    id: 'assigned-secret',
    pattern: new RegExp(ASSIGNMENT.source + ASSIGNED.source, 'gmu'),
    mustLookRandom: true,
  },
];

const BITS_MIN = 3.6; // of random base64 of 24 characters, 4.3 on average; of words joined by hyphens, 3 to 3.5
const DIGITS = /\d/u;

export function looksRandom(text: string): boolean {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits >= BITS_MIN && DIGITS.test(text) && /[a-z]/iu.test(text);
}
