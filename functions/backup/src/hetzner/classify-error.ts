import * as z from 'zod';
import type { CloudError } from '../ports.ts';
import type { HetznerReply } from './hetzner-transport.ts';

/** What a refusal of Hetzner's means for a run. Pure; details carry the request, status and code, never what was sent. */
const ErrorReply = z.object({ error: z.object({ code: z.string() }) });

/** As the vendor's own Go client names them. */
const KINDS: Readonly<Record<string, CloudError['kind']>> = {
  resource_unavailable: 'no_capacity',
  placement_error: 'no_capacity',
  uniqueness_error: 'name_taken',
  resource_limit_exceeded: 'quota_exceeded',
  unauthorized: 'denied',
  forbidden: 'denied',
  token_readonly: 'denied',
  protected: 'protected',
  locked: 'unavailable',
  conflict: 'unavailable',
  rate_limit_exceeded: 'unavailable',
  maintenance: 'unavailable',
  service_error: 'unavailable',
  server_error: 'unavailable',
  bad_gateway: 'unavailable',
  timeout: 'unavailable',
  unknown_error: 'unavailable',
  /** An action's, without a reason given. */
  action_failed: 'unavailable',
  invalid_input: 'refused',
  invalid_server_type: 'refused',
  json_error: 'refused',
  not_found: 'refused',
  /** 410: the call itself was taken out of the API. */
  deprecated_api_endpoint: 'refused',
};

export const knownErrorCodes: readonly string[] = Object.keys(KINDS);

/** The vendor's code in an answer, if it gave one. */
export function errorCodeOf(reply: HetznerReply): string | undefined {
  return ErrorReply.safeParse(reply.json).data?.error.code;
}

/** `asked` is the request in a few words. `now` turns the limit's reset into a wait. */
export function classifyError(asked: string, reply: HetznerReply, now: Date): CloudError {
  const code = errorCodeOf(reply);
  const kind = (code === undefined ? undefined : KINDS[code]) ?? kindOfStatus(reply.status);
  const detail = `${asked}: ${reply.status}${code === undefined ? '' : ` ${code.slice(0, 60)}`}`;
  const isLimited = code === 'rate_limit_exceeded' || reply.status === 429;
  return kind === 'unavailable' && isLimited && reply.rateLimitReset !== undefined
    ? { kind, detail, retryAfterMs: Math.max(0, reply.rateLimitReset * 1000 - now.getTime()) }
    : { kind, detail };
}

/** The end of an action that did not succeed. */
export function classifyAction(command: string, code: string | undefined): CloudError {
  const kind = (code === undefined ? undefined : KINDS[code]) ?? 'unavailable';
  return { kind, detail: `action ${command.slice(0, 60)}: ${(code ?? 'failed without a reason').slice(0, 60)}` };
}

/** For answers without a code that is known here: gateways answer HTML, and new codes come. */
function kindOfStatus(status: number): CloudError['kind'] {
  if (status === 401 || status === 403) return 'denied';
  if (status === 408 || status === 423 || status === 429 || status >= 500) return 'unavailable';
  return 'refused';
}
