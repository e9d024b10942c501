import type { VaultClaims } from '@innkeeper/shared/contracts/backup/vault-token';
import type { Log } from '@innkeeper/shared/log/log';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { SpendBytes } from '../ledger/byte-allowance.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { VaultObjects } from '../objects/vault-objects.ts';
import { type Refusal, refusalOf } from '../refusal.ts';
import type { ObjectId } from '../route.ts';

export interface StorePorts {
  readonly objects: Pick<VaultObjects, 'store' | 'stat' | 'read'>;
  readonly ledger: Pick<Ledger, 'openSnapshot' | 'settle'>;
  readonly spendBytes: SpendBytes;
  readonly log: Log;
  readonly now: () => Date;
}

interface Writer {
  readonly claims: Pick<VaultClaims, 'sub' | 'jti' | 'snapshotsMax'>;
  readonly now: Date;
}

/** Largest bodies. What restic itself writes stays far below; a stolen credential must not fill the bucket faster. */
const BYTES_MAX: Readonly<Record<ObjectId['type'], number>> = {
  /** Cloudflare's own limit of a request on its smaller plans; packs are 16 MiB and one blob of at most 8 more. */
  data: 100_000_000,
  /** 150,000 blobs, after which restic begins a new one, of about 150 bytes each before compression. */
  index: 32 * 1024 * 1024,
  /** Paths, tags and a summary. */
  snapshots: 1024 * 1024,
  /** A few hundred bytes each. */
  config: 64 * 1024,
  keys: 64 * 1024,
  locks: 64 * 1024,
};

/**
 * What restic reads whole it decrypts: 16 bytes of nonce, content, 16 bytes of authentication. 0.19.1 ends in a panic at
 * anything shorter, even where it is to mend the repository.
 */
const SEALED_BYTES_MIN = 32;
const SEALED: ReadonlySet<ObjectId['type']> = new Set(['index', 'snapshots', 'locks']);

/**
 * Stores what is not there yet. The same once more (restic repeats when a reply was lost) is answered as if it were the
 * first time; something else under a name that is taken never is.
 */
export async function storeObject(
  ports: StorePorts,
  writer: Writer,
  repository: string,
  object: ObjectId,
  request: Request,
): Promise<Result<Response, Refusal>> {
  const bytes = contentLength(request.headers.get('content-length'), object.type);
  if (!bytes.ok) return bytes;
  if (request.body === null) return err('body_too_small');
  const spent = await ports.spendBytes(repository, writer.claims, bytes.value, writer.now);
  if (!spent.ok) return spent;
  if (object.type === 'config') return storeConfig(ports, repository, await request.bytes());
  if (object.type === 'snapshots')
    return storeSnapshot(ports, writer, repository, object.name, bytes.value, request.body);
  return storeNamed(ports, repository, object, bytes.value, request.body);
}

function contentLength(header: string | null, type: ObjectId['type']): Result<number, Refusal> {
  if (header === null || !/^\d{1,15}$/u.test(header)) return err('length_required');
  const bytes = Number(header);
  if (bytes < (SEALED.has(type) ? SEALED_BYTES_MIN : 1)) return err('body_too_small');
  return bytes > BYTES_MAX[type] ? err('body_too_large') : ok(bytes);
}

/** Its name says its content: what stands there with the same length was compared with the same name. */
async function storeNamed(
  { objects, log }: StorePorts,
  repository: string,
  object: ObjectId,
  bytes: number,
  body: ReadableStream,
): Promise<Result<Response, Refusal>> {
  const stored = await objects.store(repository, object, body);
  if (!stored.ok) return err(stored.error === 'unavailable' ? 'store_unavailable' : stored.error);
  if (stored.value === 'stored') return ok(done());
  const standing = await objects.stat(repository, object);
  if (!standing.ok) return err(refusalOf(standing.error));
  if (standing.value?.isVerified !== true || standing.value.bytes !== bytes) return err('exists');
  log.info('object.sent_again', { repository, type: object.type });
  return ok(done());
}

/** Not named by its content: compared byte by byte. */
async function storeConfig(
  { objects }: StorePorts,
  repository: string,
  bytes: Uint8Array,
): Promise<Result<Response, Refusal>> {
  const stored = await objects.store(repository, { type: 'config' }, bytes);
  if (!stored.ok) return err(stored.error === 'unavailable' ? 'store_unavailable' : stored.error);
  if (stored.value === 'stored') return ok(done());
  const standing = await objects.read(repository, { type: 'config' }, undefined);
  if (!standing.ok) return err(refusalOf(standing.error));
  if (standing.value?.bytes !== bytes.length) return err('exists');
  const there = await new Response(standing.value.body).bytes();
  return bytes.every((byte, index) => byte === there[index]) ? ok(done()) : err('exists');
}

/** How many a token makes is counted before they are made: a thief must not fill the history with young snapshots. */
async function storeSnapshot(
  ports: StorePorts,
  { claims, now }: Writer,
  repository: string,
  name: string,
  bytes: number,
  body: ReadableStream,
): Promise<Result<Response, Refusal>> {
  const { ledger, log } = ports;
  const entry = await ledger.openSnapshot(
    repository,
    { name, bytes, subject: claims.sub, tokenId: claims.jti, at: now },
    claims.snapshotsMax,
  );
  if (!entry.ok) return entry;
  const stored = await storeNamed(ports, repository, { type: 'snapshots', name }, bytes, body);
  if (!stored.ok && stored.error === 'store_unavailable') return stored; // Perhaps it was: the entry stays open.
  const settled = await ledger.settle(repository, entry.value, stored.ok ? 'done' : 'failed', ports.now());
  if (!settled.ok) log.warn('ledger.not_settled', { repository, entry: entry.value });
  if (stored.ok) log.info('snapshot.stored', { repository, snapshot: name, subject: claims.sub });
  return stored;
}

const done = (): Response => new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } });
