import type { Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';

/** Certificates as a client meets them: by connecting. */
export interface TlsEndpoints {
  certificate(hostname: string): Promise<Result<PresentedCertificate, AskError>>;
}

export interface PresentedCertificate {
  readonly endsAt: Date;
  /** Why a client refuses it, as Node names it: `CERT_HAS_EXPIRED`, `ERR_TLS_CERT_ALTNAME_INVALID`. Absent if valid. */
  readonly problem?: string;
}
