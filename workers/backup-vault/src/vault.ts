import type { VaultClaims } from '@innkeeper/shared/contracts/backup/vault-token';
import { err, ok, type Result, unreachable } from '@innkeeper/shared/result/result';
import { type AgeLimits, authorise, permissionFor } from './authorise.ts';
import type { CheckCredentials } from './credentials.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { StoredObject, VaultObjects } from './objects/vault-objects.ts';
import { answerRefusal, type Refusal, refusalOf, statusOf } from './refusal.ts';
import { route, type VaultRequest } from './route.ts';
import { type DeletionPorts, deleteObject } from './serve/delete-object.ts';
import { listObjects } from './serve/list-objects.ts';
import { readAudit } from './serve/read-audit.ts';
import { readObject, statObject } from './serve/read-object.ts';
import { type StorePorts, storeObject } from './serve/store-object.ts';

/** What the vault goes by. */
interface VaultPorts extends StorePorts, DeletionPorts {
  readonly objects: VaultObjects;
  readonly ledger: Ledger;
  readonly checkCredentials: CheckCredentials;
  readonly minimumAge: AgeLimits;
}

interface Admitted {
  readonly claims: VaultClaims;
  readonly now: Date;
}

/** restic's REST protocol: path, then credentials, then rights, then the objects. */
export function createVault(ports: VaultPorts): (request: Request) => Promise<Response> {
  return async request => {
    const target = targetOf(request.url);
    if (target === '/healthz') return Response.json({ ok: true }, { headers: { 'cache-control': 'no-store' } });
    const routed = route(request.method, target);
    const served = routed.ok ? await admit(ports, routed.value, request) : routed;
    if (served.ok) return served.value;
    const place = routed.ok ? { kind: routed.value.kind, repository: routed.value.repository } : {};
    const level = statusOf(served.error) >= 500 ? 'error' : 'warn';
    // What is not there yet is how restic finds out; nobody needs to hear of it.
    if (served.error !== 'object_missing') ports.log[level]('request.refused', { reason: served.error, ...place });
    return answerRefusal(served.error, request.method);
  };
}

async function admit(ports: VaultPorts, routed: VaultRequest, request: Request): Promise<Result<Response, Refusal>> {
  const now = ports.now();
  const claims = await ports.checkCredentials(request.headers.get('authorization'), now);
  if (!claims.ok) return claims;
  const facts = await gatherFacts(ports.objects, claims.value, routed);
  if (!facts.ok) return facts;
  const allowed = authorise(claims.value, routed, facts.value, now, ports.minimumAge);
  if (!allowed.ok) return allowed;
  return serve(ports, { claims: claims.value, now }, routed, facts.value, request);
}

interface GatheredFacts {
  readonly configExists?: boolean;
  readonly object?: StoredObject | 'absent';
}

/** Only what the permission depends on, and only for those who have the right scope: nothing of others is looked up. */
async function gatherFacts(
  objects: VaultObjects,
  claims: VaultClaims,
  routed: VaultRequest,
): Promise<Result<GatheredFacts, Refusal>> {
  const { repository } = routed;
  const permission = repository === claims.repository ? permissionFor(claims.scope, routed) : 'never';
  if (permission === 'never') return ok({});
  const config = permission === 'before_config' ? await objects.stat(repository, { type: 'config' }) : undefined;
  if (config?.ok === false) return err(refusalOf(config.error));
  const found = routed.kind === 'delete' ? await objects.stat(repository, routed.object) : undefined;
  if (found?.ok === false) return err(refusalOf(found.error));
  return ok({
    ...(config === undefined ? {} : { configExists: config.value !== undefined }),
    ...(found === undefined ? {} : { object: found.value ?? 'absent' }),
  });
}

async function serve(
  ports: VaultPorts,
  admitted: Admitted,
  routed: VaultRequest,
  facts: GatheredFacts,
  request: Request,
): Promise<Result<Response, Refusal>> {
  switch (routed.kind) {
    case 'create_repository':
      return ok(new Response(null, { status: 200 }));
    case 'list':
      return listObjects(ports, routed.repository, routed.type, request.headers.get('accept'));
    case 'stat':
      return statObject(ports, routed.repository, routed.object);
    case 'read':
      return readObject(ports, routed.repository, routed.object, request.headers.get('range'));
    case 'store':
      return storeObject(ports, admitted, routed.repository, routed.object, request);
    case 'delete':
      return deleteObject(ports, admitted, routed.repository, routed.object, facts.object ?? 'absent');
    case 'audit':
      return readAudit(ports, routed);
    default:
      return unreachable(routed);
  }
}

/** Path and query as they were sent: `URL` would resolve dots and decode before anybody could object. */
function targetOf(url: string): string {
  const path = url.indexOf('/', url.indexOf('//') + 2);
  return path === -1 ? '/' : url.slice(path);
}
