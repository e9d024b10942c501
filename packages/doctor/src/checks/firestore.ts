import { VENDORS } from '../asking/vendors.ts';
import { APPLY } from '../asking/where-to-look.ts';
import { COMPOSITE_INDEXES, DATABASES, EXPIRING_FIELDS } from '../expected/firestore.ts';
import type { ExpiringField, FirestoreDatabase, FirestoreIndex } from '../ports/firestore-admin.ts';
import { unwell, type Verdict, well } from '../report/finding.ts';
import { type Check, check } from '../run/check.ts';
import type { World } from '../world.ts';

/** Firestore’s configuration: protection, indexes, expiry. Each judgement is pure. */
export function firestoreChecks({ firestore }: World): Check[] {
  const of = { of: firestore, asked: VENDORS.google };
  return [
    check({
      ...of,
      id: 'firestore/databases',
      title: 'databases protected',
      read: admin => admin.databases(),
      judge: judgeDatabases,
    }),
    check({
      ...of,
      id: 'firestore/indexes',
      title: 'indexes ready',
      read: admin => admin.indexes(DATABASES.business),
      judge: judgeIndexes,
    }),
    check({
      ...of,
      id: 'firestore/expiry',
      title: 'expiry of documents',
      read: admin => admin.expiringFields(DATABASES.business),
      judge: judgeExpiry,
    }),
  ];
}

export function judgeDatabases(found: readonly FirestoreDatabase[]): Verdict {
  const problems = Object.values(DATABASES).flatMap(id => {
    const database = found.find(each => each.id === id);
    if (database === undefined) return [`${id} does not exist`];
    return [
      ...(database.isDeleteProtected ? [] : [`${id} can be deleted`]),
      ...(database.hasPointInTimeRecovery ? [] : [`${id} has no point-in-time recovery`]),
    ];
  });
  return problems.length === 0
    ? well(`${Object.values(DATABASES).join(' and ')}: delete protection and point-in-time recovery are on`)
    : unwell('today', problems.join(', '), APPLY);
}

export function judgeIndexes(found: readonly FirestoreIndex[]): Verdict {
  const wanted = COMPOSITE_INDEXES.map(({ collection, fields, for: purpose }) => ({
    name: `${collection}(${fields.join(', ')})`,
    purpose,
    state: found.find(index => index.collection === collection && index.fields.join() === fields.join())?.state,
  }));
  const missing = wanted.filter(({ state }) => state !== 'ready');
  if (missing.length === 0) return well(`${wanted.length} of ${wanted.length}`);
  const figure = missing.map(
    ({ name, state, purpose }) => `${name} is ${(state ?? 'missing').replace('_', ' ')} (${purpose})`,
  );
  // Being built is a matter of minutes to hours, and the query behind it fails until then.
  return missing.every(({ state }) => state === 'creating')
    ? unwell('this_week', figure.join(', '), 'Wait until Firestore has built it; ask again in an hour.')
    : unwell('now', figure.join(', '), APPLY);
}

export function judgeExpiry(found: readonly ExpiringField[]): Verdict {
  const wanted = EXPIRING_FIELDS.map(({ collection, field }) => ({
    name: `${collection}.${field}`,
    state: found.find(each => each.collection === collection && each.field === field)?.state,
  }));
  const missing = wanted.filter(({ state }) => state !== 'active');
  if (missing.length === 0) return well(wanted.map(({ name }) => name).join(', '));
  const figure = missing.map(({ name, state }) => `${name} is ${(state ?? 'not set').replace('_', ' ')}`).join(', ');
  return missing.every(({ state }) => state === 'creating')
    ? unwell('this_week', figure, 'Wait until Firestore has begun; ask again in an hour.')
    : unwell('today', `${figure}: what people wrote is kept for ever`, APPLY);
}
