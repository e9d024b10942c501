import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type Asked, asksForHelp, readOptions, type UsageError } from '@innkeeper/sync-app/command-line/usage';
import { GROUPS, type Group } from '../report/finding.ts';

/** What an operator asked of `./dev doctor`. */
export interface DoctorOrder {
  /** As typed; whoever reads the environment knows which there are. */
  readonly environment: string | undefined;
  readonly json: boolean;
  readonly groups: readonly Group[];
}

const HELP = `Usage: ./dev doctor --env dev|staging|prod [--only GROUP[,GROUP]] [--json]

Looks at everything that an environment consists of, from this machine, and changes nothing: it needs neither the Swarm
nor a login there. Each check that fails has one next step; what no credential opens is "not asked", which is not well.

  --env NAME    which environment, as terraform/environments/NAME describes it
  --only GROUP  ${GROUPS.slice(0, 6).join(', ')},
                ${GROUPS.slice(6).join(', ')}; several with commas
  --json        one JSON object, as packages/doctor/README.md describes it

Ends with 0 when everything was asked and is well, 1 when something is unwell or was not asked, 2 for a wrong command or
when nothing could be asked at all. Takes fifteen seconds at most.

Credentials, each optional (every secret also as <NAME>_FILE, a path):
  gcloud auth application-default login; CLOUDFLARE_API_TOKEN, HCLOUD_TOKEN, QDRANT_URL and QDRANT_API_KEY (of all three
  one that may only read is enough), OPERATOR_TOKEN, ROCKETCHAT_ADMIN_USER_ID, ROCKETCHAT_ADMIN_AUTH_TOKEN and
  ROCKETCHAT_WEBHOOK_TOKEN, AIRCALL_API_ID and AIRCALL_API_TOKEN`;

const OPTIONS = {
  env: { type: 'string' },
  only: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
} as const;

export function readDoctorOrder(words: readonly string[]): Result<Asked<DoctorOrder>, UsageError> {
  if (asksForHelp(words)) return ok({ kind: 'help', text: HELP });
  const read = readOptions(words, OPTIONS);
  if (!read.ok) return err({ sentence: read.error, help: HELP });
  const { env, only, json } = read.value;
  const groups = readGroups(only);
  if (!groups.ok) return err({ sentence: groups.error, help: HELP });
  return ok({ kind: 'order', order: { environment: env, json, groups: groups.value } });
}

function readGroups(words: readonly string[] | undefined): Result<readonly Group[], string> {
  if (words === undefined) return ok(GROUPS);
  const named = words.flatMap(word => word.split(',')).map(word => word.trim());
  const unknown = named.filter(word => !GROUPS.some(group => group === word));
  if (unknown.length > 0) return err(`There is no group ${unknown.join(', ')}: ${GROUPS.join(', ')}.`);
  return ok(GROUPS.filter(group => named.includes(group)));
}
