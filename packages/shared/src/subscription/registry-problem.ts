import { unreachable } from '../result/result.ts';
import type { Problem } from './subscription-book.ts';
import type { RegistryError } from './webhook-registry.ts';

/** A vendor's refusal as a problem that says what a person does about it. Pure. */
export function problemOf(error: RegistryError): Problem {
  switch (error.kind) {
    case 'unavailable':
      return {
        reason: 'vendor_unavailable',
        detail: `The vendor's API did not answer as it should (${error.detail}). It is asked again by itself.`,
      };
    case 'denied':
      return {
        reason: 'vendor_denied',
        detail: `The vendor refuses the credentials (${error.detail}). Check the Worker's secrets and their rights.`,
      };
    case 'refused':
      return {
        reason: 'vendor_refused',
        detail: `The vendor refuses the subscription (${error.detail}). Bring the mapped events in line with its list.`,
      };
    case 'not_found':
      return {
        reason: 'vendor_not_found',
        detail: `The vendor does not know what it has just shown (${error.detail}). It is looked at again by itself.`,
      };
    default:
      return unreachable(error);
  }
}
