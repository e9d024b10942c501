import type { House } from '../house/open-house.ts';
import type { Rule } from './play.ts';

const GOOGLE = 'real bundles and arguments; Google’s program is played';
const CLOUDFLARE = 'each Worker is bundled by the real wrangler (--dry-run); who serves what is played';

const deployed =
  (part: 'functions' | 'workers') =>
  ({ files }: House): Promise<void> =>
    files.terraform(values => ({ ...values, deployed: { ...(values['deployed'] as object), [part]: true } }));

async function listEverybody({ files }: House): Promise<void> {
  const scopes = { rooms: { '*': 'full' }, users: { '*': 'full' }, words: ['!query'] };
  await files.settings(settings => ({ ...settings, assistant: { ...(settings['assistant'] as object), scopes } }));
}

/** Functions, Workers, and who deploys them from then on. */
export const DEPLOYMENT: readonly Rule[] = [
  [
    /^git add .*"The functions of ENV are there"$/u,
    { how: 'real', note: 'deployed.functions is true', before: deployed('functions') },
  ],
  [
    /^git add .*"The Workers of ENV are there"$/u,
    { how: 'real', note: 'deployed.workers is true', before: deployed('workers') },
  ],
  [/^git add .*"Who is answered in ENV"$/u, { how: 'real', note: 'scopes are written by hand', before: listEverybody }],
  [/^gh auth status$/u, { how: 'stand_in', note: 'the program is played' }],
  [/^git add --all && git commit /u, { how: 'real', note: 'in the copy’s own repository' }],
  [/^\.\/dev deploy --env ENV --only functions$/u, { how: 'stand_in', note: GOOGLE }],
  [/^\.\/dev deploy worker-configuration --env ENV --write$/u, { how: 'real', note: 'from what Terraform put out' }],
  [/^for worker in .* wrangler deploy /u, { how: 'stand_in', note: CLOUDFLARE }],
  [
    /^for worker in .*\.\/dev secrets push /u,
    {
      how: 'stand_in',
      note: 'the real command; Cloudflare is a stand-in',
      typed: line => line.replace('--worker $worker', '--worker $worker --yes'),
    },
  ],
  [
    /^\.\/dev deploy --env ENV --only workers$/u,
    {
      how: 'stand_in',
      note: `${CLOUDFLARE}; health, booking and question are asked for real of the local stack’s Workers`,
    },
  ],
];
