import type { PhoneRegion } from '@innkeeper/shared/adapters/phone/e164';
import { findLinks } from '@innkeeper/shared/adapters/phone/find-links';
import type { PhoneLink } from '@innkeeper/shared/contracts/phone-link';
import { type CommitPorts } from '@innkeeper/shared/ingest/commit-changes';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type LinkConversationError, linkConversation } from './link-conversation.ts';
import { type NoteError, noteNumbers, settledNote } from './note-numbers.ts';

/**
 * Makes calls and texts say which guests have their number. Each run first notes its own record's numbers and only then
 * looks for others, so of two that run at once at least one sees the other. A run that is killed leaves what it owes in
 * the note, and the redelivered event goes on from there.
 */
export interface LinkPorts extends CommitPorts {
  readonly region?: PhoneRegion | undefined;
}

export type LinkError = NoteError | LinkConversationError;

/** Another run that notes the same record at the same time; more than this often is left to the next event. */
const ROUNDS_MAX = 5;
/** Each costs a handful of small requests to a store that serves far more. */
const CONVERSATIONS_AT_ONCE = 8;

export async function link(ports: LinkPorts, key: string): Promise<Result<void, LinkError>> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const done = await tryLink(ports, key);
    if (done.ok || done.error.kind !== 'precondition_failed') return done;
  }
  return err({ kind: 'restless', detail: `noted by others ${ROUNDS_MAX} times meanwhile` });
}

async function tryLink(ports: LinkPorts, key: string): Promise<Result<void, LinkError>> {
  const noted = await noteNumbers(ports.store, key, ports.region);
  if (!noted.ok) return noted;
  if (noted.value === undefined || noted.value.link.owed.length === 0) return ok(undefined);
  const { kind, owed } = noted.value.link;
  if (kind === 'call' || kind === 'text-message') return linkConversation(ports, key, noted.value);
  if (kind === 'guest') {
    const links = await findLinks(ports.store, owed);
    if (!links.ok) return links;
    const conversations = links.value.filter(other => other.kind === 'call' || other.kind === 'text-message');
    const told = await inGroups(conversations, conversation => linkConversation(ports, conversation.key));
    if (!told.ok) return told;
  }
  const settled = await ports.store.commit(settledNote(noted.value));
  return settled.ok ? ok(undefined) : settled;
}

async function inGroups(
  links: readonly PhoneLink[],
  work: (link: PhoneLink) => Promise<Result<void, LinkError>>,
): Promise<Result<void, LinkError>> {
  for (let start = 0; start < links.length; start += CONVERSATIONS_AT_ONCE) {
    const outcomes = await Promise.all(links.slice(start, start + CONVERSATIONS_AT_ONCE).map(work));
    const failed = outcomes.find(outcome => !outcome.ok);
    if (failed !== undefined) return failed;
  }
  return ok(undefined);
}
