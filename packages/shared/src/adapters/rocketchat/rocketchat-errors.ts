/** What Rocket.Chat's refusals mean for a caller. Pure; details carry the endpoint, status and error code, never texts. */
import * as z from 'zod/mini';
import type { ChatError } from '../../ports/team-chat.ts';

const Refusal = z.object({
  error: z.optional(z.string()),
  errorType: z.optional(z.string()),
  /** The shape of a refused login: `{status: 'error', message}`. */
  message: z.optional(z.string()),
});

/** `unexplained`: a 400 without a code, which is how Rocket.Chat tells of its own troubles, and of little else. */
export type RestError = ChatError & { readonly unexplained?: true };

export function chatErrorOf(endpoint: string, status: number, json: unknown): RestError {
  const parsed = Refusal.safeParse(json);
  const text = (parsed.success ? (parsed.data.error ?? parsed.data.message) : undefined) ?? '';
  const code = (parsed.success ? parsed.data.errorType : undefined) ?? codeIn(text);
  const detail = `${endpoint} answered ${status}${code === undefined ? '' : ` ${code}`}`;

  if (status === 429 || code === 'error-too-many-requests') {
    const wait = secondsIn(text);
    return wait === undefined
      ? { kind: 'unavailable', detail }
      : { kind: 'unavailable', detail, retryAfterMs: wait * 1000 };
  }
  if (status === 408 || status >= 500) return { kind: 'unavailable', detail };
  if (status === 401 || status === 403 || status === 404) return { kind: 'denied', detail };
  if (DENIALS.has(code ?? text)) return { kind: 'denied', detail };
  if (code !== undefined && ABSENCES.has(code)) return { kind: 'not_found', detail };
  if (text.startsWith('No message found with the id of')) return { kind: 'not_found', detail };
  // Its database is away, perhaps. A call that does not fit is refused in one of these words.
  if (status === 400 && code === undefined && !/^match |invalid|required|must /iu.test(text)) {
    return { kind: 'unavailable', detail, unexplained: true };
  }
  return { kind: 'refused', detail };
}

const DENIALS = new Set([
  'error-unauthorized',
  'error-forbidden',
  'error-not-allowed',
  'error-action-not-allowed',
  // Whole texts: what keeps somebody from writing in a room has no code.
  'room_is_archived',
  'room_is_blocked',
  'You_have_been_muted',
  "You can't send messages because the room is readonly.",
]);
const ABSENCES = new Set(['error-room-not-found', 'error-invalid-room', 'error-message-not-found']);

/** Codes stand in brackets behind a sentence, or alone: `… [error-not-allowed]`, `error-invalid-room`. */
function codeIn(text: string): string | undefined {
  return /\[([a-z-]{1,60})\]$/u.exec(text)?.[1] ?? /^(error-[a-z-]{1,60})$/u.exec(text)?.[1];
}

/** "You must wait 57 seconds before trying this endpoint again." */
function secondsIn(text: string): number | undefined {
  const found = /wait (\d{1,5}) seconds/u.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}
