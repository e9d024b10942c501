import type { OperateError } from '@innkeeper/shared/operate/operate-client';
import type { AskError } from './ask-error.ts';

/** A webhook Worker’s failure as an answer that was not given. Pure. */
export function askOperateError({ kind }: OperateError): AskError {
  switch (kind) {
    case 'timeout':
      return { kind, detail: 'did not answer in time' };
    case 'unreachable':
      return { kind, detail: 'cannot be reached' };
    case 'unauthorised':
      return { kind: 'refused', detail: 'refuses the operator’s token' };
    case 'unavailable':
      return { kind: 'vendor_failed', detail: 'cannot reach what is behind it' };
    case 'unknown':
    case 'refused':
    case 'unreadable':
      return { kind: 'unreadable', detail: 'is no webhook Worker of this release' };
  }
}
