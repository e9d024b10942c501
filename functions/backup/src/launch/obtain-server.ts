import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { LaunchFailure } from '@innkeeper/shared/contracts/backup/failure';
import { serverName } from '@innkeeper/shared/contracts/backup/run-id';
import { unreachable } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import { renderUserData } from '../cloud-init/user-data.ts';
import type { CloudError, Server } from '../ports.ts';
import type { RunServer } from '../run/transitions.ts';
import { choosePlacements, type NoPlacement, type Placement } from './choose-placements.ts';
import { oneTimeToken } from './one-time-token.ts';

/**
 * Gets the run its one server: adopts it when an earlier order made it, else orders from the first place that has one.
 * The name is the lock, so ordering twice cannot make two. I/O only at the cloud; changes no document.
 */
export type Obtained =
  | { readonly kind: 'server'; readonly server: RunServer; readonly expires: Date | undefined }
  /** Not now: try again later. */
  | {
      readonly kind: 'later';
      readonly reason: LaunchFailure;
      readonly detail: string;
      readonly retryAfterMs: number | undefined;
    }
  /** Not before a person has done something. */
  | {
      readonly kind: 'never';
      readonly reason: LaunchFailure;
      readonly detail: string;
      readonly outdated?: string | undefined;
    };

type CloudPorts = Pick<BackupPorts, 'servers' | 'settings' | 'log'>;

export async function obtainServer(ports: CloudPorts, run: BackupRun): Promise<Obtained> {
  const { servers, settings } = ports;
  const [images, offers] = await Promise.all([servers.images(), servers.offers()]);
  if (!images.ok) return fromError(images.error);
  if (!offers.ok) return fromError(offers.error);
  const chosen = choosePlacements({ images: images.value, offers: offers.value, ...settings });
  if (!chosen.ok) return never(chosen.error);
  // An order before this one may have been carried out without anybody hearing of it.
  const earlier = run.creation.attempts > 1 ? await adopt(ports, run, chosen.value) : undefined;
  return earlier ?? order(ports, run, chosen.value);
}

async function order(ports: CloudPorts, run: BackupRun, placements: readonly Placement[]): Promise<Obtained> {
  const { servers, settings, log } = ports;
  const { runId } = run;
  const userData = renderUserData({
    v: 1,
    runId,
    exchangeUrl: settings.exchangeUrl,
    token: oneTimeToken(settings.oneTimeTokenKey, run),
  });
  const refusals: string[] = [];
  let isSoldOut = false;
  for (const placement of placements) {
    const { type, location, available } = placement.offer;
    const created = available
      ? await servers.create({
          runId,
          name: serverName(runId),
          type,
          location,
          imageId: placement.image.id,
          userData,
          expires: new Date(run.runDeadline),
        })
      : ({ ok: false, error: { kind: 'no_capacity', detail: `${type}@${location} is sold out` } } as const);
    if (created.ok) return toObtained(created.value, placement);
    const { error } = created;
    log.warn('server.not_created', { runId, type, location, reason: error.kind, detail: error.detail });
    if (error.kind === 'no_capacity') isSoldOut = true;
    if (error.kind === 'refused') refusals.push(error.detail);
    if (error.kind === 'no_capacity' || error.kind === 'refused') continue;
    if (error.kind !== 'name_taken' && error.kind !== 'unavailable') return fromError(error);
    return (await adopt(ports, run, placements)) ?? later('hetzner_unavailable', error);
  }
  const tried = placements.map(({ offer }) => `${offer.type}@${offer.location}`).join(', ');
  return isSoldOut
    ? later('no_capacity', { detail: `sold out: ${tried}` })
    : never({ reason: 'hetzner_refused', detail: refusals.join('; ') });
}

/** The server that already has the name; `undefined` when there is none. */
async function adopt(
  { servers, log }: CloudPorts,
  run: BackupRun,
  placements: readonly Placement[],
): Promise<Obtained | undefined> {
  const name = serverName(run.runId);
  const found = await servers.list(name);
  if (!found.ok) return fromError(found.error);
  const server = found.value.find(candidate => candidate.name === name);
  if (server === undefined) return undefined;
  if (server.status === 'deleting') return later('hetzner_unavailable', { detail: `${name} is still being deleted` });
  const placement = placements.find(({ offer }) => offer.type === server.type && offer.location === server.location);
  if (server.runId !== run.runId || placement === undefined) {
    return never({ reason: 'hetzner_refused', detail: `the name ${name} belongs to a server that is not of this run` });
  }
  log.info('server.adopted', { runId: run.runId, serverId: server.id });
  return toObtained(server, placement);
}

function toObtained(server: Server, { image, runnerVersion, offer }: Placement): Obtained {
  const { id, name, type, location, addresses, createdAt, expires } = server;
  const { hourlyPrice } = offer;
  return {
    kind: 'server',
    expires,
    server: {
      id,
      name,
      type,
      location,
      addresses: [...addresses],
      imageId: image.id,
      runnerVersion,
      hourlyPrice,
      createdAt,
    },
  };
}

function fromError(error: CloudError): Obtained {
  switch (error.kind) {
    case 'unavailable':
    case 'name_taken':
      return later('hetzner_unavailable', error);
    case 'no_capacity':
      return later('no_capacity', error);
    case 'denied':
      return never({ reason: 'hetzner_denied', detail: error.detail });
    case 'quota_exceeded':
      return never({ reason: 'hetzner_quota_exceeded', detail: error.detail });
    case 'protected':
    case 'refused':
      return never({ reason: 'hetzner_refused', detail: error.detail });
    default:
      return unreachable(error);
  }
}

const later = (
  reason: LaunchFailure,
  { detail, retryAfterMs }: { readonly detail: string; readonly retryAfterMs?: number },
): Obtained => ({ kind: 'later', reason, detail, retryAfterMs });

const never = (why: NoPlacement): Obtained => ({ kind: 'never', ...why });
