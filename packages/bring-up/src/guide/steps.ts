/**
 * From empty accounts to the first answered question, in the order in which each step finds what it needs. ENV stands
 * for the environment; a command is what a person types at the root of the repository.
 */
export interface Step {
  readonly id: string;
  readonly title: string;
  /** As a person with the accounts at hand needs, waiting included. */
  readonly minutes: number;
  /** What to know, in one or two sentences. */
  readonly text: string;
  readonly commands: readonly string[];
  /** How to see that it is done. */
  readonly done: string;
  /** Vendors that cost something from this step on. */
  readonly startsToCost?: readonly ('Hetzner' | 'Cloudflare' | 'Google' | 'Qdrant' | 'Groq')[];
}

export const STEPS: readonly Step[] = [
  {
    id: 'tools',
    title: 'Tools',
    minutes: 10,
    text: 'Node and npm are enough to begin; the script names every other program it misses, and where it comes from.',
    commands: [
      './dev --help',
      'scripts/validate-ansible.sh --help',
      'terraform version',
      'gcloud version',
      'sops --version',
    ],
    done: 'each answers',
  },
  {
    id: 'accounts',
    title: 'Accounts',
    minutes: 60,
    text: 'By hand, one set for each environment: a Google project with billing, a Hetzner project (a second one for its backup servers), a domain as a zone at Cloudflare with the paid plan for Workers, an account at Qdrant Cloud, a key at Groq; and access to the Open API of Guesty and to the API of Aircall.',
    commands: [],
    done: 'you can sign in to each',
    startsToCost: ['Cloudflare'],
  },
  {
    id: 'values',
    title: 'Values',
    minutes: 20,
    text: 'Fill in `terraform/environments/ENV/terraform.tfvars.json` (its README says where each value is found), `packages/deployment/settings/ENV.json` and `ansible/group_vars/ENV`. What two of them say differently is found here, as are wrong regions, ranges and types, before anything is ordered.',
    commands: ['./dev cost --env ENV', './dev check-infrastructure'],
    done: 'no check finds anything, and none warns of placeholders',
  },
  {
    id: 'state',
    title: 'Where Terraform remembers',
    minutes: 5,
    text: 'A bucket with versions, and Pub/Sub’s own account, which rights are granted to later.',
    commands: [
      'gcloud auth application-default login',
      'terraform -chdir=terraform/bootstrap init',
      'terraform -chdir=terraform/bootstrap apply -var project_id=PROJECT',
      'gcloud services enable pubsub.googleapis.com --project PROJECT',
      'gcloud beta services identity create --service pubsub.googleapis.com --project PROJECT',
    ],
    done: '`gcloud storage ls` shows the bucket',
    startsToCost: ['Google'],
  },
  {
    id: 'terraform',
    title: 'Everything that outlives a deployment',
    minutes: 20,
    text: 'Tokens come from the environment of the shell. Most of the time goes into Firestore’s indexes. A half-applied first run is repeated: nothing is made twice.',
    commands: [
      'read -rs HCLOUD_TOKEN && export HCLOUD_TOKEN',
      'read -rs CLOUDFLARE_API_TOKEN && export CLOUDFLARE_API_TOKEN',
      'read -rs TF_VAR_qdrant_cloud_api_key && export TF_VAR_qdrant_cloud_api_key',
      'read -rs TF_VAR_webhook_password && export TF_VAR_webhook_password',
      'terraform -chdir=terraform/environments/ENV init',
      'terraform -chdir=terraform/environments/ENV providers lock -platform=linux_amd64',
      './dev deploy --env ENV --only terraform',
    ],
    done: 'a second run plans no change',
    startsToCost: ['Hetzner', 'Qdrant'],
  },
  {
    id: 'secrets',
    title: 'Secrets',
    minutes: 30,
    text: '`status` lists every secret, where it comes from and whether it is there. What a machine can make it makes; the rest is asked for, one at a time, unseen. Public halves of the Workers’ keys go into `worker_keys` of the values: apply once more.',
    commands: [
      './dev secrets status --env ENV',
      './dev secrets cloudflare-tokens --env ENV',
      './dev secrets qdrant-keys --env ENV',
      './dev secrets set groq-api-key --env ENV',
      'sops secrets/ENV/swarm.sops.yaml',
      './dev deploy --env ENV --only terraform',
    ],
    done: '`./dev secrets status` misses only what Rocket.Chat gives later',
  },
  {
    id: 'servers',
    title: 'Servers and the Swarm',
    minutes: 30,
    text: 'Three fresh machines become a Swarm with storage, databases, Traefik, Netdata, Rocket.Chat and Keycloak. A playbook that broke off is run again: what is done is not done twice.',
    commands: [
      'terraform -chdir=terraform/environments/ENV output -json nodes > ansible/inventory/ENV.nodes.json',
      './dev deploy --env ENV --only ansible',
    ],
    done: 'the chat answers under its address',
  },
  {
    id: 'rocketchat',
    title: 'The assistant in Rocket.Chat',
    minutes: 15,
    text: 'Sign in as the administrator, make a personal access token, and let the command do the rest. Then sign in as the bot once for its own token. Ids go into `packages/deployment/settings/ENV.json` and `ansible/group_vars/ENV/rocketchat.yml`.',
    commands: [
      './dev rocketchat set-up',
      './dev rocketchat verify',
      './dev secrets set rocketchat-auth-token --env ENV',
      './dev deploy --env ENV --only ansible',
    ],
    done: '`verify` finds nothing missing, and the listener follows the chat',
  },
  {
    id: 'functions',
    title: 'Functions',
    minutes: 15,
    text: 'Then `deployed.functions` in the values becomes true: only what exists can be given callers. The next run applies it.',
    commands: ['./dev deploy --env ENV --only functions', './dev deploy --env ENV --only terraform'],
    done: 'each function is ready at Google',
  },
  {
    id: 'workers',
    title: 'Workers',
    minutes: 10,
    text: 'The secrets of each Worker first, in one call, then the Workers. After that `deployed.workers` becomes true.',
    commands: [
      './dev secrets push --env ENV',
      './dev deploy --env ENV --only workers',
      './dev deploy --env ENV --only terraform',
    ],
    done: 'a synthetic booking is accepted and a synthetic question answered; the command says so',
  },
  {
    id: 'backups',
    title: 'Backups',
    minutes: 25,
    text: 'The image that the nightly server starts from, the repository, and a first run before the first night. Do not cut `init` off: the locks on what it writes hold from the first minute.',
    commands: [
      './dev backups init',
      'cd ansible && ansible-playbook -i inventory/ENV playbooks/create-backup-snapshot.yml -e backup_image_ssh_key=operator',
      './dev backups launch --reason "the first one"',
      './dev backups status',
    ],
    done: '`status` shows a good run whose files were read back',
  },
  {
    id: 'history',
    title: 'Webhooks and history',
    minutes: 40,
    text: 'From `register` on, everything new arrives by itself; `backfill` brings what was there before, within the vendors’ limits, while people work.',
    commands: ['./dev webhooks register', './dev webhooks verify', './dev backfill start'],
    done: 'every walk is done and `./dev reconcile` finds no difference',
    startsToCost: ['Groq'],
  },
  {
    id: 'question',
    title: 'The first question',
    minutes: 5,
    text: 'Nobody is answered until somebody is listed: rooms and people in `assistant.scopes` of the settings, then the Workers again. Then ask in the chat: “@innkeeper who is checking in today and at what time?”',
    commands: ['./dev deploy --env ENV --only workers', './dev doctor --env ENV'],
    done: 'the answer names its sources, and the doctor finds nothing unwell',
  },
  {
    id: 'github',
    title: 'From now on by workflow',
    minutes: 20,
    text: 'One GitHub environment for each of ours, with the variables and tokens that `.github/README.md` lists, and reviewers for prod. After that a merge deploys, and nobody’s laptop is needed.',
    commands: [],
    done: 'the workflow “deploy” ends healthy',
  },
];
