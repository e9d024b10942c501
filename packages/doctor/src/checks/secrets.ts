import { RUNTIME_SECRETS } from '@innkeeper/secrets/catalogue/runtime-secrets';
import type { SecretEntry } from '@innkeeper/secrets/catalogue/secret-entry';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { ageMs, DAY_MS, describeSpan } from '../asking/age.ts';
import type { AskError } from '../asking/ask-error.ts';
import { askOnce } from '../asking/ask-once.ts';
import { VENDORS } from '../asking/vendors.ts';
import type { SecretVersion, SecretVersions } from '../ports/secret-versions.ts';
import { unwell, type Verdict, well } from '../report/finding.ts';
import { type Check, check } from '../run/check.ts';
import type { World } from '../world.ts';

/** Secrets in Secret Manager, by their newest versions: none is ever read. Judgements are pure. */
export function secretChecks({ secrets }: World, now: Date): Check[] {
  const of = { of: secrets, asked: VENDORS.google, read: askOnce(newestVersions) };
  return [
    check({
      ...of,
      id: 'secrets/set',
      title: 'secrets that are set',
      judge: found => judgeSet(found, RUNTIME_SECRETS),
    }),
    check({
      ...of,
      id: 'secrets/age',
      title: 'secrets that are due',
      judge: found => judgeAge(found, RUNTIME_SECRETS, now),
    }),
  ];
}

/** Of each secret that has a value. */
type NewestVersions = ReadonlyMap<string, SecretVersion>;

async function newestVersions(versions: SecretVersions): Promise<Result<NewestVersions, AskError>> {
  const asked = await Promise.all(RUNTIME_SECRETS.map(async ({ id }) => ({ id, newest: await versions.newest(id) })));
  const found = new Map<string, SecretVersion>();
  for (const { id, newest } of asked) {
    if (!newest.ok) return newest;
    if (newest.value !== undefined) found.set(id, newest.value);
  }
  return ok(found);
}

export const SET_THEM = 'Set them: ./dev secrets status --env ENV says how each is made.';

type Known = Pick<SecretEntry, 'id' | 'isOptional' | 'ageDaysMax'>;

export function judgeSet(found: NewestVersions, entries: readonly Known[]): Verdict {
  const missing = entries.filter(({ id, isOptional }) => isOptional !== true && !found.has(id)).map(({ id }) => id);
  const set = entries.length - missing.length;
  return missing.length === 0
    ? well(`${found.size} of ${entries.length}, the others are optional`)
    : unwell('now', `${set} of ${entries.length}; missing: ${missing.join(', ')}`, SET_THEM);
}

export function judgeAge(found: NewestVersions, entries: readonly Known[], now: Date): Verdict {
  const old = entries.flatMap(({ id, ageDaysMax }) => {
    const newest = found.get(id);
    if (newest === undefined || ageDaysMax === undefined) return [];
    const age = ageMs(newest.madeAt, now);
    return age > ageDaysMax * DAY_MS ? [`${id} (${describeSpan(age)})`] : [];
  });
  return old.length === 0
    ? well('none')
    : unwell('this_week', old.join(', '), 'Renew them one after the other: ./dev secrets status --env ENV says how.');
}
