import type { StandInReply } from '../stand-in-server.ts';

/** Guesty publishes no schema of its errors; this is the form its clients are written against. */
export const guestyError = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): StandInReply => ({ status, body: { error: { code, message } }, headers });

/** Errors of the token endpoint follow OAuth (RFC 6749, section 5.2). */
export const oauthError = (
  status: number,
  error: string,
  error_description: string,
  headers: Readonly<Record<string, string>> = {},
): StandInReply => ({ status, body: { error, error_description }, headers });
