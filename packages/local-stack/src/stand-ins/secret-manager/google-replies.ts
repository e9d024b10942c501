import type { StandInReply } from '../stand-in-server.ts';

/** Google's refusals: a status as number and as word. */
const WORDS = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
} as const;

export const refusal = (code: keyof typeof WORDS, message: string): StandInReply => ({
  status: code,
  body: { error: { code, message, status: WORDS[code] } },
});

export const found = (body: object): StandInReply => ({ status: 200, body });
