import type { VendorError } from '../adapters/http/vendor-reply.ts';
import type { DeliveryFailure } from '../ingest/delivery-fate.ts';
import { unreachable } from '../result/result.ts';

/** What a vendor said against a call, as what becomes of whatever needed it. `vendor`: its name, for people. Pure. */
export function vendorFailure(vendor: string, error: VendorError): DeliveryFailure {
  switch (error.kind) {
    case 'limited':
      return { kind: 'vendor_limited', detail: `${vendor}: limit used up`, ...waitOf(error) };
    case 'unavailable':
      return { kind: 'vendor_unavailable', detail: `${vendor}: ${error.detail}`, ...waitOf(error) };
    case 'denied':
      return { kind: 'vendor_denied', detail: `${vendor}: credentials refused with status ${error.status}` };
    case 'refused':
      return { kind: 'vendor_unavailable', detail: `${vendor}: request refused with status ${error.status}` };
    case 'not_found':
      return { kind: 'vendor_unknown', detail: `${vendor}: no such thing` };
    default:
      return unreachable(error);
  }
}

const waitOf = (error: { readonly retryAfterMs?: number }) =>
  error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
