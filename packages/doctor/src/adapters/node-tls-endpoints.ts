import { connect } from 'node:tls';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';
import { CALL_MS_MAX } from '../asking/ask-json.ts';
import type { PresentedCertificate, TlsEndpoints } from '../ports/tls-endpoints.ts';

/** A handshake as any client makes it, against the authorities this machine trusts. I/O: one connection each. */
export interface TlsOptions {
  readonly port?: number;
  /** Whom to connect to for a host name; by its own name when absent. */
  readonly hostOf?: (hostname: string) => string;
  /** PEM, instead of the authorities that Node trusts. */
  readonly authority?: string;
  readonly timeoutMs?: number;
}

const HTTPS_PORT = 443;

export function nodeTlsEndpoints(options: TlsOptions = {}): TlsEndpoints {
  const { port = HTTPS_PORT, hostOf = name => name, authority, timeoutMs = CALL_MS_MAX } = options;
  return {
    certificate: hostname =>
      new Promise(resolve => {
        const socket = connect({
          host: hostOf(hostname),
          port,
          servername: hostname,
          // What a client would refuse is looked at, too: why, and when it ends.
          rejectUnauthorized: false,
          timeout: timeoutMs,
          ...(authority === undefined ? {} : { ca: authority }),
        });
        const settle = (result: Result<PresentedCertificate, AskError>): void => {
          socket.destroy();
          resolve(result);
        };
        // `timeout` is of silence; a peer that drips bytes ends with the check's own limit.
        socket.once('timeout', () =>
          settle(err({ kind: 'timeout', detail: `did not answer within ${Math.round(timeoutMs / 1000)} s` })),
        );
        socket.once('error', (error: Error) => settle(err(unreachable(error))));
        socket.once('secureConnect', () => {
          const endsAt = new Date(socket.getPeerCertificate().valid_to);
          // Typed as an Error, and a text ever since.
          const problem: unknown = socket.authorizationError;
          settle(ok({ endsAt, ...(socket.authorized ? {} : { problem: codeOf(problem) }) }));
        });
      }),
  };
}

const codeOf = (problem: unknown): string => {
  if (typeof problem === 'string') return problem;
  return problem instanceof Error && 'code' in problem ? String(problem.code) : 'NOT_AUTHORISED';
};

function unreachable(error: Error): AskError {
  const code = 'code' in error ? String(error.code) : error.name;
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN'
    ? { kind: 'unreachable', detail: 'has no address: its name does not resolve' }
    : { kind: 'unreachable', detail: `takes no TLS connection (${code})` };
}
