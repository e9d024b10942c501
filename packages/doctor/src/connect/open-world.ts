import { VENDORS } from '../asking/vendors.ts';
import { refusalStep } from '../checks/credentials.ts';
import { type Availability, absent, there } from '../run/availability.ts';
import type { World } from '../world.ts';
import type { Connections } from './connections.ts';
import { CREDENTIAL_TITLES, type CredentialName, type Standings } from './probe-credentials.ts';

/** What can be asked, now that it is known which credentials open anything. Pure. */
export function openWorld(connections: Connections, standings: Standings): World {
  const by = <P>(name: CredentialName, port: P | undefined): Availability<P> => {
    const standing = standings[name];
    const title = CREDENTIAL_TITLES[name];
    // The same step as the credential's own, so that it is told once, and also where credentials are not asked about.
    if (standing.kind === 'refused') return absent(`${title} is refused`, refusalStep(VENDORS[name]));
    if (standing.kind === 'absent') return absent(`${title} is not there`, standing.nextStep);
    return port === undefined ? absent(`${title} is not there`) : there(port);
  };
  const document = <P>(port: P): Availability<P> => (connections.isEmulated ? there(port) : by('google', port));
  return {
    business: document(connections.business),
    ops: document(connections.ops),
    totals: document(connections.totals),
    firestore: by('google', connections.firestore),
    subscriptions: by('google', connections.subscriptions),
    runServices: by('google', connections.runServices),
    journal: by('google', connections.journal),
    secrets: by('google', connections.secrets),
    cloudflare: by('cloudflare', connections.cloudflare),
    hetzner: by('hetzner', connections.hetzner),
    qdrant: by('qdrant', connections.qdrant),
    chat: by('rocketchat', connections.chat),
    workers: by('workers', connections.workers),
    addresses: connections.addresses,
    tls: connections.tls,
  };
}
