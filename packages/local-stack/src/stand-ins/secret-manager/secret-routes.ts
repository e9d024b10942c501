import * as z from 'zod';
import { parseJson, type StandInReply, type StandInRequest } from '../stand-in-server.ts';
import { found, refusal } from './google-replies.ts';
import type { KeptVersion, SecretManagerWorld } from './secret-manager-world.ts';

/**
 * `/v1/projects/P/secrets/ID…`: versions are listed, read, added; a secret that Terraform did not make is not there.
 */
const PATH = /^\/v1\/projects\/([^/]+)\/secrets\/([^/:]+)(?:(\/versions)(?:\/(\d+|latest):access)?|(:\w+))?$/u;
const PAGE_DEFAULT = 25_000;
const BYTES_MAX = 65_536;

const NewVersion = z.strictObject({
  payload: z.strictObject({ data: z.base64(), dataCrc32c: z.string().regex(/^\d+$/u).optional() }),
});
const Permissions = z.strictObject({ permissions: z.array(z.string()) });

export function answerSecret(
  world: SecretManagerWorld,
  permissions: readonly string[],
  request: StandInRequest,
): StandInReply {
  const [, project, id = '', versions, number, verb] = PATH.exec(decodeURI(request.url.pathname)) ?? [];
  if (project === undefined) return refusal(404, 'The requested URL was not found on this server.');
  const name = `projects/${project}/secrets/${id}`;
  const demand = (permission: string, answer: (kept: KeptVersion[]) => StandInReply): StandInReply => {
    const isAllowed = project === world.project && permissions.includes(permission);
    if (!isAllowed)
      return refusal(403, `Permission '${permission}' denied for resource '${name}' (or it may not exist).`);
    const kept = world.secrets.get(id);
    return kept === undefined ? refusal(404, `Secret [${name}] not found.`) : answer(kept);
  };

  switch (`${request.method} ${versions ?? ''}${number === undefined ? '' : '/N'}${verb ?? ''}`) {
    case 'GET /versions':
      return demand('secretmanager.versions.list', kept => listVersions(name, kept, request.url.searchParams));
    case 'GET /versions/N':
      return demand('secretmanager.versions.access', kept => access(name, kept, number ?? ''));
    case 'POST :addVersion':
      return demand('secretmanager.versions.add', kept => addVersion(world, name, kept, parseJson(request.body)));
    case 'POST :testIamPermissions': {
      const asked = Permissions.safeParse(parseJson(request.body));
      if (!asked.success) return refusal(400, 'permissions are missing');
      const own = asked.data.permissions.filter(each => project === world.project && permissions.includes(each));
      return found(own.length === 0 ? {} : { permissions: own });
    }
    default:
      return refusal(404, 'Method not found.');
  }
}

/** Newest first, as Google lists them. */
function listVersions(name: string, kept: readonly KeptVersion[], query: URLSearchParams): StandInReply {
  const shown = kept
    .map(({ createdAtMs, state }, index) => ({
      name: `${name}/versions/${index + 1}`,
      createTime: new Date(createdAtMs).toISOString(),
      state,
    }))
    .toReversed();
  const from = Number(query.get('pageToken') ?? 0);
  const size = Number(query.get('pageSize') ?? PAGE_DEFAULT);
  const rest = from + size < shown.length ? { nextPageToken: String(from + size) } : {};
  return found({ versions: shown.slice(from, from + size), totalSize: shown.length, ...rest });
}

function access(name: string, kept: readonly KeptVersion[], which: string): StandInReply {
  const number = which === 'latest' ? kept.length : Number(which);
  const version = kept[number - 1];
  const full = `${name}/versions/${number}`;
  if (version === undefined) return refusal(404, `Secret Version [${full}] not found.`);
  if (version.state !== 'ENABLED') return refusal(400, `Secret Version [${full}] is in ${version.state} state.`);
  const data = Buffer.from(version.value);
  return found({ name: full, payload: { data: data.toString('base64'), dataCrc32c: String(crc32c(data)) } });
}

function addVersion(world: SecretManagerWorld, name: string, kept: KeptVersion[], json: unknown): StandInReply {
  const parsed = NewVersion.safeParse(json);
  if (!parsed.success) return refusal(400, 'The payload is missing or not base64.');
  const { data, dataCrc32c: checksum } = parsed.data.payload;
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length === 0 || bytes.length > BYTES_MAX) return refusal(400, 'The payload is empty or above 64 KiB.');
  if (checksum !== undefined && Number(checksum) !== crc32c(bytes)) return refusal(400, 'Checksum mismatch.');
  const version = { value: bytes.toString(), createdAtMs: world.now(), state: 'ENABLED' } as const;
  kept.push(version);
  return found({
    name: `${name}/versions/${kept.length}`,
    createTime: new Date(version.createdAtMs).toISOString(),
    state: version.state,
  });
}

const POLYNOMIAL = 0x82_f6_3b_78; // Castagnoli's, reflected; Node's own crc32 is of another polynomial

function crc32c(bytes: Uint8Array): number {
  let sum = 0xff_ff_ff_ff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & 1) === 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1;
  }
  return (sum ^ 0xff_ff_ff_ff) >>> 0;
}
