import { fillVendors } from '../house/company.ts';
import type { Rule } from './play.ts';

const STACK = 'the real command on the local stack';

/** Backups, webhooks, history, the first question. */
export const OPERATION: readonly Rule[] = [
  [/^export BACKUP_LAUNCH_TOKEN=/u, { how: 'stand_in', note: 'Google’s program is played' }],
  [
    /^\.\/dev backups init$/u,
    {
      how: 'real',
      note: `${STACK}, which has made the repository: it is found`,
      exitCodes: [0, 1],
      prints: /repository/u,
      shows: /^.*repository.*$/mu,
    },
  ],
  [
    /^\.\/dev backups launch /u,
    { how: 'real', note: `${STACK}: a real restic on the real vault, on a server of the stand-in of Hetzner` },
  ],
  [
    /^\.\/dev backups status$/u,
    { how: 'real', note: STACK, until: /^Last good {3}(?!none)/mu, shows: /^Last good .*$/mu },
  ],
  [/^\.\/dev webhooks (?:register|verify)$/u, { how: 'real', note: `${STACK}; Guesty and Aircall are stand-ins` }],
  [
    /^\.\/dev backfill start$/u,
    {
      how: 'real',
      note: `${STACK}; Guesty and Aircall are stand-ins with a company in them`,
      before: async house => fillVendors(house.stack().components),
    },
  ],
  [/^\.\/dev reconcile$/u, { how: 'real', note: STACK }],
  [/^export QDRANT_URL=/u, { how: 'real', note: 'out of what Terraform put out' }],
  [
    /^\.\/dev doctor --env ENV$/u,
    {
      how: 'stand_in',
      note: 'the real command; what it cannot ask here (certificates, metrics, indexes) it says',
      exitCodes: [0, 1],
      prints: /\d+ well, \d+ unwell, \d+ not asked/u,
      shows: /^.*\d+ well, \d+ unwell, \d+ not asked.*$/mu,
    },
  ],
  [
    /^INNKEEPER_HOME=.* \.\/dev ask /u,
    { how: 'real', note: STACK, prints: /Sources: booking/u, shows: /\S[\s\S]*\S/u },
  ],
];

/** What a person does at the end of a step in no shell; typed here, because a rehearsal has nobody else. */
export const ALSO: Readonly<Record<string, readonly string[]>> = {
  question: ['INNKEEPER_HOME="$REHEARSED_STACK" ./dev ask "who is checking in today and at what time?"'],
};
