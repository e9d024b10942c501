import { page, refusal } from './cloudflare-replies.ts';
import type { CloudflareRoute } from './cloudflare-route.ts';

/** Records of a zone, read. */
export const DNS_RECORD_ROUTES: readonly CloudflareRoute[] = [
  {
    method: 'GET',
    path: '/zones/:zone/dns_records',
    rights: ['DNS Read', 'DNS Write'],
    answer: (world, { names, query }) => {
      const records = world.dnsRecords?.get(names['zone'] ?? '');
      return records === undefined ? refusal(404, 7003, 'Could not route to the zone') : page(records, query);
    },
  },
];
