import type { DocumentPath, StoredDocument } from '@innkeeper/shared/ports/document-store';
import type { SimulatedDocuments } from '../platform/document-store.ts';
import type { Thing } from '../vendors/thing.ts';
import type { Flaw } from './flaw.ts';
import { type Delivery, isSpoiltForGood, type Ledger } from './ledger.ts';

/** Once everything has come to rest: what must be there, and what must not. */
export function judgeEnd(
  ledger: Ledger,
  documents: SimulatedDocuments,
  /** Keys of the records of days on which homes are blocked. */
  blockedDays: ReadonlySet<string>,
): readonly Flaw[] {
  return [
    ...ledger.deliveries.flatMap(delivery => judgeDelivery(delivery, documents)),
    ...[...ledger.things.values()].flatMap(thing => judgeThing(thing, documents)),
    ...judgeRecords(ledger, documents, blockedDays),
    ...judgeParked(ledger, documents),
  ];
}

function judgeDelivery(delivery: Delivery, documents: SimulatedDocuments): readonly Flaw[] {
  const { isAccepted, isWithheld, eventIds, draft, number, refusals } = delivery;
  const flaw = (promised: Flaw['promised'], text: string): Flaw => ({
    promised,
    about: draft.about?.thing.key,
    text: `delivery ${number} (${draft.event}) ${text}`,
  });
  if (isWithheld) return [];
  const [eventId] = eventIds;
  const event = eventId === undefined ? undefined : read(documents, `events/${eventId}`);
  const outcome = event?.fields['outcome'];
  if (isSpoiltForGood(delivery)) {
    const isRefused = eventId === undefined && refusals.length > 0 && refusals.every(isRefusal);
    return isRefused || outcome === 'parked'
      ? []
      : [flaw('swallowed', `is ${delivery.spoilt} and ends as ${text(outcome ?? refusals)}`)];
  }
  if (eventIds.size > 1) return [flaw('doubled', `was kept under ${eventIds.size} ids`)];
  if (isAccepted && eventId === undefined) return [flaw('lost', 'was answered with a 2xx and kept nowhere')];
  if (eventId === undefined) return [flaw('lost', `was never taken, in ${delivery.attempts} attempts`)];
  if (event === undefined) return [flaw('lost', `was kept as ${eventId} and left no event`)];
  const isExcused = outcome !== 'parked' || draft.about?.thing.isOdd === true;
  return isExcused ? [] : [flaw('lost', `is whole and was parked: ${text(event.fields['reason'])}`)];
}

/** 5xx and broken connections come from our side: they pass, and are no judgement of the body. */
const isRefusal = (status: number): boolean => status < 500;

function judgeThing(thing: Thing, documents: SimulatedDocuments): readonly Flaw[] {
  const record = read(documents, `records/${thing.key}`);
  const flaw = (text: string): Flaw => ({ promised: 'outdated', about: thing.key, text: `${thing.key} ${text}` });
  if (record === undefined) return thing.isOdd || thing.deleted ? [] : [flaw('has no record')];
  if (record.fields['deleted'] !== thing.deleted) return [flaw(thing.deleted ? 'is not ended' : 'is ended')];
  if (thing.deleted) return [];
  const facts = record.fields['facts'] as Readonly<Record<string, unknown>>; // the schema of a record says so
  return Object.entries(thing.facts).flatMap(([name, value]) =>
    same(facts[name], value) ? [] : [flaw(`says ${name} ${text(facts[name])} and is ${text(value)}`)],
  );
}

/** Records of nothing that there is; and the days that are blocked, which have no number of their own. */
function judgeRecords(
  ledger: Ledger,
  documents: SimulatedDocuments,
  blockedDays: ReadonlySet<string>,
): readonly Flaw[] {
  const blocks = new Set<string>();
  const strangers = [...documents.all('records')].flatMap(({ path, fields }) => {
    const key = path.slice('records/'.length);
    if (fields['kind'] !== 'calendar-block') {
      const isKnown = ledger.things.has(key);
      return isKnown ? [] : [{ promised: 'doubled', about: key, text: `${key} is a record of nothing` } as const];
    }
    if (fields['deleted'] === false) blocks.add(key);
    return [];
  });
  const difference = [...blocks.symmetricDifference(blockedDays)].map(
    key => ({ promised: 'outdated', about: key, text: `${key} is blocked on one side only` }) as const,
  );
  return [...strangers, ...difference];
}

/** Each parked document tells of something that cannot be otherwise; nothing is parked twice, or for nothing. */
function judgeParked(ledger: Ledger, documents: SimulatedDocuments): readonly Flaw[] {
  return [...documents.all('parked')].flatMap(({ path, fields }) => {
    const subject = typeof fields['subject'] === 'string' ? fields['subject'] : '';
    const [collection, id = ''] = subject.split('/');
    const delivery = collection === 'events' ? ledger.ofEvent(id) : undefined;
    const thing = collection === 'records' ? ledger.things.get(id) : delivery?.draft.about?.thing;
    const isExplained =
      thing?.isOdd === true || (delivery !== undefined && isSpoiltForGood(delivery)) || thing?.deleted === true;
    if (isExplained) return [];
    const why = `${text(fields['reason'])}, ${text(fields['detail'])}`;
    return [{ promised: 'lost', about: thing?.key, text: `${path} (${subject}) is parked: ${why}` } as const];
  });
}

const read = (documents: SimulatedDocuments, path: DocumentPath): StoredDocument | undefined =>
  documents.getAll([path])[0];

const text = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/** As JSON tells it, in whatever order keys were written; an absent fact is no fact. */
const same = (left: unknown, right: unknown): boolean => canonical(left) === canonical(right);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  ) ?? 'undefined';
