import type { HealingReport } from '../run/scan-ports.ts';
import type { Followed } from '../source-document.ts';
import type { HealingReason } from '../stream/stream-failure.ts';
import type { Alert, AlertKind } from './alert.ts';

/** How soon somebody should look: never, today, now. */
export type AlertLevel = 'notice' | 'warning' | 'error';

export interface AlertEntry<K extends AlertKind> {
  readonly level: AlertLevel;
  /** For the runbook: when it is raised. */
  readonly means: string;
  readonly action: string;
  /** For the log and `/status`: this case in one sentence. */
  readonly sentence: (alert: Extract<Alert, { kind: K }>) => string;
}

const NOTHING = 'Nothing.';

/** Each alert in words. The runbook's table is made of it. Pure. */
export const ALERT_CATALOGUE: { readonly [K in AlertKind]: AlertEntry<K> } = {
  healing_started: {
    level: 'warning',
    means: 'The change stream cannot be continued without a gap; what was missed is looked up in the collections.',
    action: 'Nothing, unless it comes every day: then the oplog is too short for the listener’s absences.',
    sentence: ({ reason, since }) => `${capitalised(WHY[reason])}; looking up what was missed${sinceWords(since)}.`,
  },
  healed: {
    level: 'notice',
    means: 'Everything that was missed has been handed on, deletions included; the change stream goes on.',
    action: NOTHING,
    sentence: ({ report }) => describeHealing(report),
  },
  mongodb_denied: {
    level: 'error',
    means: 'MongoDB refuses the listener’s credentials or rights. It stops and keeps its position.',
    action: 'Check `MONGODB_URI` and the user’s roles, run the script that creates them again, restart the service.',
    sentence: ({ detail }) => `MongoDB refuses the listener (${detail}); it has stopped and kept its position.`,
  },
  stream_unstable: {
    level: 'error',
    means: 'The change stream keeps failing in a way that is not in the table of known failures. It is tried again.',
    action: 'Read `detail`, MongoDB’s log and its version; report the code if the server itself is well.',
    sentence: ({ detail, failures }) => `The change stream failed ${failures} times in a row (${detail}).`,
  },
  publish_unavailable: {
    level: 'warning',
    means: 'Pub/Sub has not taken anything for minutes. The stream waits, nothing is lost, the lag grows.',
    action: 'Look at the status of Google Cloud and at the server’s way out. It goes on by itself.',
    sentence: ({ detail, forMs }) => `Pub/Sub has taken nothing for ${duration(forMs)} (${detail}); the stream waits.`,
  },
  publish_denied: {
    level: 'error',
    means: 'A topic is missing or the service account may not publish to it. The stream waits, nothing is lost.',
    action: 'Create the topics `chat-live` and `chat-backfill`, grant `roles/pubsub.publisher`. It goes on by itself.',
    sentence: ({ detail }) => `Pub/Sub refuses the listener (${detail}); the stream waits.`,
  },
  document_parked: {
    level: 'warning',
    means: 'A document could not be understood, or Pub/Sub can never take it. It was set aside; the stream went on.',
    action: 'Read `parked/…` and the document it names. Once it is mended, its next change is understood by itself.',
    sentence: ({ subject, reason }) => `${subject} was set aside: ${reason}.`,
  },
  falling_behind: {
    level: 'warning',
    means: 'Changes are handed on later than they happen, and the distance grows.',
    action: 'Compare `published` and `lag` on `/status` with the load of MongoDB and the state of Pub/Sub.',
    sentence: ({ lagMs }) => `The listener is ${duration(lagMs)} behind MongoDB.`,
  },
  lease_lost: {
    level: 'error',
    means: 'Another copy of the listener took over the position. This one publishes nothing any more and waits.',
    action: 'See that the service has one replica. Nothing is lost or doubled meanwhile.',
    sentence: ({ detail }) => `The lease on the position was lost (${detail}).`,
  },
  position_unsaved: {
    level: 'warning',
    means:
      'Firestore has not taken the position for minutes. Without it the lease runs out and changes wait; nothing is lost.',
    action: 'Look at the status of Firestore and the service account’s rights on the database `ops`.',
    sentence: ({ detail, forMs }) => `The position could not be saved for ${duration(forMs)} (${detail}).`,
  },
  heartbeat_failed: {
    level: 'warning',
    means: 'The heartbeat could not be written. After 30 s the assistant stops quoting private rooms and says so.',
    action: 'Look at the status of Firestore and the service account’s rights on the database `(default)`.',
    sentence: ({ detail, forMs }) => `No heartbeat could be written for ${duration(forMs)} (${detail}).`,
  },
  clock_jumped: {
    level: 'warning',
    means:
      'The server’s clock was set by seconds. Position and lag do not depend on it; times in the log and heartbeat do.',
    action: 'See that the server keeps its time (`timedatectl`).',
    sentence: ({ byMs }) => `This server’s clock jumped ${byMs < 0 ? 'back' : 'ahead'} by ${duration(Math.abs(byMs))}.`,
  },
  questions_given_up: {
    level: 'warning',
    means: 'Messages to the assistant have no answer on record and are not offered to it any more.',
    action:
      'Look at the assistant’s log of that hour, then ask people to ask again. `question.given_up` names messages.',
    sentence: ({ reason, count }) =>
      `${quantity(count, ['question', 'questions'])} to the assistant ` +
      (reason === 'refused' ? 'were refused by it three times.' : 'could not be handed to it within an hour.'),
  },
};

const WHY: Readonly<Record<HealingReason, string>> = {
  history_lost: 'the oplog no longer reaches back to where the listener stopped',
  token_invalid: 'MongoDB does not know the position (it was restored or rebuilt)',
  capped_position_lost: 'the oplog overtook the listener while it was reading',
  collection_dropped: 'a collection was dropped',
  collection_renamed: 'a collection was renamed or replaced',
  database_dropped: 'the database was dropped',
  invalidated: 'MongoDB ended the change stream',
};

const NAMES: Readonly<Record<Followed, readonly [one: string, many: string]>> = {
  message: ['message', 'messages'],
  room: ['room', 'rooms'],
  subscription: ['membership', 'memberships'],
  user: ['person', 'people'],
};

function describeHealing({ reason, since, offered, found, removed, tookMs }: HealingReport): string {
  const missing = found === 0 ? '' : `, added ${quantity(found, NAMES.message)} that had never arrived`;
  return (
    `Because ${WHY[reason]}, the listener read ${counted(offered)} again${sinceWords(since)}${missing}, took back ` +
    `${counted(removed)} as deleted, all in ${duration(tookMs)}, and nothing needs to be done.`
  );
}

function counted(counts: { readonly [K in Followed]?: number }): string {
  const parts = (Object.keys(NAMES) as Followed[])
    .filter(followed => (counts[followed] ?? 0) > 0)
    .map(followed => quantity(counts[followed] ?? 0, NAMES[followed]));
  return parts.length === 0 ? 'nothing' : new Intl.ListFormat('en-GB').format(parts);
}

const quantity = (count: number, [one, many]: readonly [string, string]): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

const sinceWords = (since: string | undefined): string => (since === undefined ? '' : ` since ${since}`);

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Two digits are enough for a person: `0.4 s`, `41 s`, `12 min`, `3.5 h`. */
function duration(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 120_000) return `${rounded(ms / 1_000)} s`;
  return ms < 7_200_000 ? `${rounded(ms / 60_000)} min` : `${rounded(ms / 3_600_000)} h`;
}

const rounded = (value: number): number => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));
