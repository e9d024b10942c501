import { formatCount } from '@innkeeper/shared/backup/format-figures';
import { printable, table } from '../terminal/table.ts';
import type { IndexCheck } from './await-index.ts';
import type { Erased, Survey } from './erase-person.ts';
import type { Candidate } from './find-guest.ts';

/** What was found and done, in words and as JSON: ids, counts and days, never a name, a number or a text. Pure. */
export function describeCandidates(candidates: readonly Candidate[]): string {
  if (candidates.length === 0) return 'No guest fits.';
  const rows = candidates.map(({ guestId, name }) => [guestId, name]);
  return `${table(['guest', 'name'], rows)}\n\nWhom? Name one: pnpm erase --guest ID`;
}

export function surveyFacts({ found, traces, backups, ordered, orderId }: Survey) {
  const byKind = Object.groupBy(found.records, ({ kind }) => kind);
  return {
    guest: found.guestKey,
    order: orderId,
    /** Places that an order holds already: this guest was erased before, or is being. */
    orderedBefore: ordered.length,
    records: Object.fromEntries(Object.entries(byKind).map(([kind, records]) => [kind, records.length])),
    erasedAlready: found.records.filter(({ erased }) => erased === true).length,
    sharedWithOthers: found.shared,
    events: traces.events.length,
    eventPayloadsInBucket: traces.r2Keys,
    parked: traces.parked.length,
    interactions: traces.interactions.length,
    posts: traces.posts.length,
    toDecide: traces.toDecide,
    backups,
  };
}

export function describeSurvey(survey: Survey): string {
  const { found, traces } = survey;
  const facts = surveyFacts(survey);
  const rows = [
    ...Object.entries(facts.records).map(([kind, count]): [string, number] => [`records: ${kind}`, count]),
    ['raw events', facts.events],
    ['parked', facts.parked],
    ['questions with answers', facts.interactions],
    ["the assistant's posts", facts.posts],
  ] as const;
  return [
    `Guest ${printable(found.guestKey)}`,
    table(['found', 'documents'], rows),
    ...note(
      facts.erasedAlready,
      count => `${formatCount(count, 'record')} of these ${count === 1 ? 'is' : 'are'} erased already.`,
    ),
    ...note(
      found.shared.length,
      count =>
        `${formatCount(count, 'call or text', 'calls or texts')} of them came from a number that another guest has, too: ${list(found.shared)}`,
    ),
    ...note(
      traces.r2Keys.length,
      count =>
        `${formatCount(count, 'payload')} in the overflow bucket, to be deleted by hand (or by the bucket's own rule after 30 days): ${list(traces.r2Keys)}`,
    ),
    ...note(
      traces.toDecide.chatMessages.length,
      count =>
        `${formatCount(count, 'message')} of the team chat ${count === 1 ? 'names' : 'name'} the guest and ${count === 1 ? 'is' : 'are'} not changed. Please look:\n${chatRows(traces.toDecide.chatMessages)}`,
    ),
    ...note(
      traces.toDecide.events.length,
      count =>
        `${formatCount(count, 'raw event')} with the name and nothing else of the guest, perhaps a namesake's: ${list(traces.toDecide.events)}`,
    ),
    describeBackups(survey),
  ].join('\n');
}

export function erasedFacts(survey: Survey, erased: Erased, index: IndexCheck | undefined) {
  return { ...surveyFacts(survey), done: erased.done, index: index ?? 'not looked at', left: erased.traces.toDecide };
}

export function describeErased({ done }: Erased, index: IndexCheck | undefined): string {
  const followed =
    index === undefined
      ? 'Whether the index has followed was not looked at.'
      : index.behind.length === 0
        ? `The index has followed all ${formatCount(index.documents, 'document')}.`
        : `The index has not followed ${formatCount(index.behind.length, 'document')} yet: repeat the command later. ${list(index.behind)}`;
  return [
    `Erased: ${formatCount(done.records, 'record')}, ${formatCount(done.events, 'raw event')}, ${formatCount(done.interactions, 'answer')}, ${formatCount(done.posts, 'post')} in the chat.`,
    ...note(done.postsGone, count => `${formatCount(count, 'post')} could not be seen any more.`),
    followed,
  ].join('\n');
}

function describeBackups({ backups }: Survey): string {
  const last = backups.runs
    .flatMap(({ goesOn }) => goesOn ?? [])
    .toSorted()
    .at(-1);
  const held =
    backups.runs.length === 0
      ? 'No backup run holds the chat of before.'
      : `${formatCount(backups.runs.length, 'backup run')} of before cannot be changed; the last one goes on ${last ?? 'no known day'} if there is a backup every night.`;
  return `${held} The order is repeated by every restore until ${backups.obsoleteAfter.slice(0, 10)}.`;
}

const note = (count: number, words: (count: number) => string): string[] => (count === 0 ? [] : [words(count)]);
const list = (items: readonly string[]): string => items.map(printable).join(', ');
const chatRows = (messages: Survey['traces']['toDecide']['chatMessages']): string =>
  table(
    ['message', 'room', 'sent'],
    messages.map(({ messageId, roomId, sentAt }) => [messageId, roomId, sentAt]),
  );
