import { RUNTIME_SECRETS } from '@innkeeper/secrets/catalogue/runtime-secrets';
import type { SecretOrigin } from '@innkeeper/secrets/catalogue/secret-entry';
import { WORKFLOW_SECRETS } from '@innkeeper/secrets/catalogue/workflow-secrets';

/**
 * From empty accounts to the first answered question, in the order in which each step finds what it needs. ENV stands
 * for the environment, PROJECT for its project at Google; a command is what a person types at the root of the
 * repository, all of them in one terminal. `./dev rehearse` types them all against stand-ins.
 */
export interface Step {
  readonly id: string;
  readonly title: string;
  /** As a person with the accounts at hand needs, waiting included. */
  readonly minutes: number;
  /** What to know, in one or two sentences. */
  readonly text: string;
  readonly commands: readonly string[];
  /** What others have to do meanwhile, and how long that takes them. Begin these early. */
  readonly waits?: readonly string[];
  /** How to see that it is done. */
  readonly done: string;
  /** Vendors that cost something from this step on. */
  readonly startsToCost?: readonly ('Hetzner' | 'Cloudflare' | 'Google' | 'Qdrant' | 'Groq')[];
}

/** A secret that is kept already, without being shown. */
const kept = (id: string): string =>
  `"$(gcloud secrets versions access latest --secret=${id} --project=PROJECT | cut -d , -f 1)"`;

/** What a program of ours or of nobody but a person can make; tokens and keys of vendors have commands of their own. */
const GENERATED: readonly SecretOrigin['kind'][] = ['random', 'key_pair'];
const TYPED_IN: readonly SecretOrigin['kind'][] = ['person', 'composed'];
/** Rocket.Chat gives it once it runs; webhooks of our own need no second one; made of the file of sops. */
const NOT_YET = ['rocketchat-auth-token', 'aircall-webhook-tokens', 'swarm-configuration'];

const secretCommands = (verb: 'set' | 'generate', kinds: readonly SecretOrigin['kind'][]): readonly string[] =>
  RUNTIME_SECRETS.filter(({ id, origin }) => kinds.includes(origin.kind) && !NOT_YET.includes(id)).map(
    ({ id }) => `./dev secrets ${verb} ${id} --env ENV`,
  );

/** What the backup keeps of the file of sops. */
const SWARM_KEPT = `sops decrypt --output-type json secrets/ENV/swarm.sops.yaml | jq '{"swarm-secrets.json": (.swarm_secrets | tojson)}' | ./dev secrets set swarm-configuration --env ENV`;

export const STEPS: readonly Step[] = [
  {
    id: 'tools',
    title: 'Tools',
    minutes: 30,
    text: 'On Debian 12 or Ubuntu, where `./dev check-infrastructure` and the tests find all they need, or in a virtual machine with it; with Git, OpenSSL, SSH, Node 24 and npm. Terraform comes from hashicorp.com, gcloud from cloud.google.com, sops and age from their releases, Docker with its engine from docker.com, `gh` from cli.github.com. Everything is typed in one Bash, which keeps what was exported.',
    commands: [
      'node --version',
      './dev --help',
      'scripts/validate-ansible.sh --help',
      'python3 -m venv .toolchain/venv && .toolchain/venv/bin/pip install --requirement ansible/requirements.txt',
      'export PATH="$PATH:$PWD/.toolchain/venv/bin:$PWD/packages/deployment/node_modules/.bin"',
      'terraform version',
      'gcloud version',
      'sops --version',
      'age-keygen --version',
      'jq --version',
      'docker buildx version',
    ],
    done: 'each answers, Node with 24 or more',
  },
  {
    id: 'accounts',
    title: 'Accounts',
    minutes: 60,
    text: 'By hand, one set for each environment: a Google project with billing; a Hetzner project, in which the backup servers are ordered too, for a private network ends where its project does; a domain of its own as a zone at Cloudflare, in the plan that the values name (`cloudflare.plan`: `pro` in prod), with the paid plan for Workers and R2 switched on in the dashboard; an account at Qdrant Cloud with a card; a key at Groq; access to the Open API of Guesty and to the API of Aircall; a mailbox that Netdata may send from, and an address that takes alerts by webhook. Once for all: the repository at GitHub, and there a registry of packages.',
    waits: [
      'the domain’s registrar hands its names over to Cloudflare: minutes to a day, then up to a day for the certificate at Cloudflare’s edge. Until then step 5 works and the end of step 7 does not',
      'Hetzner may want to know a new customer better: up to a working day. A new account has 5 servers, counted over all its projects: an environment runs 3, orders one each night, and two while the backup’s image is made. For a second environment ask for 10 or more at Limits in the console: days',
      'Google’s first billing account asks for a card, and may link a handful of projects only: more on request, days',
      'Guesty and Aircall give access to their APIs by plan, and Guesty on request: days',
    ],
    commands: [],
    done: 'you can sign in to each',
    startsToCost: ['Cloudflare'],
  },
  {
    id: 'values',
    title: 'Values',
    minutes: 20,
    text: 'Fill in `terraform/environments/ENV/terraform.tfvars.json` (`terraform/README.md` says where each value is found), the bucket PROJECT-tfstate in its `backend.tf`, `packages/deployment/settings/ENV.json`, `ansible/group_vars/ENV` (the images’ registry included), `backup_image_weed_sha256` for all (`ansible/README.md` has the command), and in `.sops.yaml` the project and the public line of the key in the safe (`secrets/README.md`, “Once”). What two of them say differently is found here, as are wrong regions, ranges and types, before anything is ordered. `check-infrastructure` invents servers and so wants root; `node packages/terraform-check/src/main.ts` does not, and says what is wrong with Terraform’s values.',
    commands: ['./dev cost --env ENV', './dev check-infrastructure'],
    done: 'no check finds anything, and none warns of placeholders',
  },
  {
    id: 'state',
    title: 'Where Terraform remembers',
    minutes: 5,
    text: 'A bucket with versions, the APIs by which Terraform switches on all others, and Pub/Sub’s own account, which rights are granted to later.',
    commands: [
      'gcloud auth login',
      'gcloud config set project PROJECT',
      'gcloud auth application-default login',
      'terraform -chdir=terraform/bootstrap init',
      'terraform -chdir=terraform/bootstrap apply -var project_id=PROJECT',
      'gcloud services enable serviceusage.googleapis.com cloudresourcemanager.googleapis.com pubsub.googleapis.com --project PROJECT',
      'gcloud beta services identity create --service pubsub.googleapis.com --project PROJECT',
    ],
    done: '`gcloud storage ls` shows the bucket',
    waits: ['an API that was just switched on refuses some calls: up to five minutes'],
    startsToCost: ['Google'],
  },
  {
    id: 'terraform',
    title: 'Everything that outlives a deployment',
    minutes: 20,
    text: 'Tokens come from the environment of the shell; `terraform/README.md` says what the one at Cloudflare may. staging and prod take nothing that is in no commit. A half-applied first run is repeated: nothing is made twice, and what Google refuses because an API is new it takes five minutes later.',
    waits: ['Firestore builds its indexes: ten to twenty minutes while it is empty'],
    commands: [
      'read -rs HCLOUD_TOKEN && export HCLOUD_TOKEN',
      'read -rs CLOUDFLARE_API_TOKEN && export CLOUDFLARE_API_TOKEN',
      'read -rs QDRANT_CLOUD_API_KEY && export QDRANT_CLOUD_API_KEY TF_VAR_qdrant_cloud_api_key="$QDRANT_CLOUD_API_KEY"',
      'read -rs TF_VAR_webhook_password && export TF_VAR_webhook_password',
      'terraform -chdir=terraform/environments/ENV init',
      'terraform -chdir=terraform/environments/ENV providers lock -platform=linux_amd64',
      'git add --all && git commit --message "Values of ENV"',
      './dev deploy --env ENV --only terraform',
    ],
    done: 'a second run plans no change',
    startsToCost: ['Hetzner', 'Qdrant'],
  },
  {
    id: 'secrets',
    title: 'Secrets',
    minutes: 45,
    text: 'The key in the safe comes first (`secrets/README.md`). `status` lists every secret, where it comes from and whether it is there. What a machine can make it makes; the rest is asked for, one at a time, unseen. `dead-man-url` may wait until there is an outside watch; the doctor names it until then. In the file of sops the room’s webhook and the bot’s token stay empty until step 8; the two keys of Google’s accounts mongo-listener and sync-app are made one after the other by `gcloud iam service-accounts keys create /dev/shm/key.json --iam-account=NAME@PROJECT.iam.gserviceaccount.com`, pasted as one line (`jq --compact-output . /dev/shm/key.json`) and deleted. Public halves that `generate` prints go into `worker_keys` of the values and `vaultPublicKeys` of the settings: apply once more.',
    commands: [
      './dev secrets cloudflare-tokens --env ENV',
      './dev secrets qdrant-keys --env ENV',
      ...secretCommands('generate', GENERATED),
      'cp secrets/ENV/swarm.example.yaml secrets/ENV/swarm.sops.yaml',
      'sops encrypt --in-place secrets/ENV/swarm.sops.yaml',
      'sops edit secrets/ENV/swarm.sops.yaml',
      SWARM_KEPT,
      ...secretCommands('set', TYPED_IN),
      'git add --all && git commit --message "Secrets and public keys of ENV"',
      './dev deploy --env ENV --only terraform',
      './dev secrets status --env ENV',
    ],
    done: '`status` misses only what Rocket.Chat and GitHub give later',
  },
  {
    id: 'servers',
    title: 'Servers and the Swarm',
    minutes: 50,
    text: 'Two images of our own come first; nothing in them is secret, and servers sign in at no registry, so the packages are made public there. Compare the three keys of SSH with what Hetzner’s console shows. Then three fresh machines become a Swarm with storage, databases, Traefik, Netdata, Rocket.Chat and Keycloak. A playbook that broke off is run again: what is done is not done twice.',
    commands: [
      'docker login "$(sed -n "s,^sync_app_image: *\\([^/]*\\)/.*,\\1,p" ansible/group_vars/ENV/sync-app.yml)"',
      'for name in mongo-listener sync-app; do image="$(sed -n "s/^${name/-/_}_image: //p" ansible/group_vars/ENV/*.yml)"; docker buildx build --platform linux/amd64 --file services/$name/Dockerfile --tag "$image" --push . || break; done',
      'terraform -chdir=terraform/environments/ENV output -json nodes > ansible/inventory/ENV.nodes.json',
      'jq --raw-output ".[].public_ipv4" ansible/inventory/ENV.nodes.json | xargs ssh-keyscan -t ed25519 >> ~/.ssh/known_hosts',
      '(cd ansible && ansible-playbook -i inventory/ENV playbooks/setup-servers.yml)',
      './dev deploy --env ENV --only ansible',
    ],
    done: 'the chat answers under its address',
  },
  {
    id: 'rocketchat',
    title: 'The assistant in Rocket.Chat',
    minutes: 15,
    text: 'Sign in as the administrator, make a personal access token, note your user id, think of a password for the bot, and let the command do the rest. Then sign in as the bot once for its own token, which goes into the file of sops as well, beside an incoming webhook of the operators’ room for Netdata. Ids go into `packages/deployment/settings/ENV.json` and `ansible/group_vars/ENV/rocketchat.yml`, and `deployed.swarm` of the values becomes true; what the settings say is exported anew.',
    commands: [
      'eval "$(./dev bring-up --env ENV --exports)"',
      'read -r ROCKETCHAT_ADMIN_USER_ID && export ROCKETCHAT_ADMIN_USER_ID',
      'read -rs ROCKETCHAT_ADMIN_AUTH_TOKEN && export ROCKETCHAT_ADMIN_AUTH_TOKEN',
      'read -rs ROCKETCHAT_BOT_PASSWORD && export ROCKETCHAT_BOT_PASSWORD',
      `export ROCKETCHAT_WEBHOOK_TOKEN=${kept('rocketchat-webhook-tokens')}`,
      './dev rocketchat set-up',
      './dev rocketchat verify',
      './dev secrets set rocketchat-auth-token --env ENV',
      'sops edit secrets/ENV/swarm.sops.yaml',
      `${SWARM_KEPT} --yes`,
      'git add --all && git commit --message "The assistant of ENV"',
      './dev deploy --env ENV --only ansible',
      'eval "$(./dev bring-up --env ENV --exports)"',
    ],
    done: '`verify` finds nothing missing, and the listener follows the chat',
  },
  {
    id: 'functions',
    title: 'Functions',
    minutes: 15,
    text: 'Then `deployed.functions` in the values becomes true: only what exists can be given callers. In a new project Google may refuse the first triggers, because Eventarc’s own account has no permission yet: the deployment goes back, and said again it goes through.',
    waits: ['Google spreads the rights of Eventarc’s own account: up to five minutes after the first refusal'],
    commands: [
      './dev deploy --env ENV --only functions',
      'git add --all && git commit --message "The functions of ENV are there"',
      './dev deploy --env ENV --only terraform',
    ],
    done: 'each function is ready at Google',
  },
  {
    id: 'workers',
    title: 'Workers',
    minutes: 15,
    text: 'A secret can be given only to a Worker that is there, and a Worker without its secrets answers nobody: so each is put there once by hand and gets them, before the deployment that looks at them. After that `deployed.workers` becomes true.',
    commands: [
      `export CLOUDFLARE_WORKERS_TOKEN=${kept('cloudflare-token-workers')}`,
      './dev deploy worker-configuration --env ENV --write',
      'for worker in log-forwarder aircall-webhook backup-vault guesty-webhook llm-query; do CLOUDFLARE_API_TOKEN="$CLOUDFLARE_WORKERS_TOKEN" wrangler deploy --config workers/$worker/.deploy/ENV.json || break; done',
      'for worker in log-forwarder aircall-webhook guesty-webhook llm-query; do CLOUDFLARE_API_TOKEN="$CLOUDFLARE_WORKERS_TOKEN" ./dev secrets push --env ENV --worker $worker || break; done',
      './dev deploy --env ENV --only workers',
      'git add --all && git commit --message "The Workers of ENV are there"',
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
      `export VAULT_SIGNING_KEY="$(gcloud secrets versions access latest --secret=vault-signing-key --project=PROJECT)"`,
      `export RESTIC_PASSWORD=${kept('restic-password')}`,
      './dev backups init',
      `(cd ansible && HCLOUD_TOKEN=${kept('hcloud-token')} ansible-playbook -i inventory/ENV playbooks/create-backup-snapshot.yml)`,
      'export BACKUP_LAUNCH_TOKEN="$(gcloud auth print-identity-token)"',
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
    commands: [
      `export OPERATOR_TOKEN=${kept('operator-tokens')}`,
      './dev webhooks register',
      './dev webhooks verify',
      './dev backfill start',
      './dev reconcile',
    ],
    done: 'every walk is done and `reconcile` finds no difference',
    startsToCost: ['Groq'],
  },
  {
    id: 'question',
    title: 'The first question',
    minutes: 5,
    text: 'Nobody is answered until somebody is listed: rooms and people in `assistant.scopes` of the settings, then the Workers again. Then ask in the chat: “@innkeeper who is checking in today and at what time?”',
    commands: [
      'git add --all && git commit --message "Who is answered in ENV"',
      './dev deploy --env ENV --only workers',
      'export QDRANT_URL="$(terraform -chdir=terraform/environments/ENV output -json qdrant | jq --raw-output .url)"',
      `export QDRANT_API_KEY=${kept('qdrant-api-key-read')}`,
      `export AIRCALL_API_ID=${kept('aircall-api-id')} AIRCALL_API_TOKEN=${kept('aircall-api-token')}`,
      './dev doctor --env ENV',
    ],
    done: 'the answer names its sources, and the doctor finds nothing unwell, but for an outside watch that still waits',
  },
  {
    id: 'github',
    title: 'From now on by workflow',
    minutes: 20,
    text: 'GitHub’s environments and rules first, as `.github/README.md` says (“To set up once”), and `gh auth login`; then what only the workflows have, one at a time, and the rest in one call. The budget belongs to the billing account, where somebody has to let the workflows see and set it. After that a merge deploys, and nobody’s laptop is needed.',
    commands: [
      'export BILLING_ACCOUNT="$(jq --raw-output .google.billing_account terraform/environments/ENV/terraform.tfvars.json)"',
      'for account in ci-plan ci-watch; do gcloud billing accounts add-iam-policy-binding "$BILLING_ACCOUNT" --member="serviceAccount:$account@PROJECT.iam.gserviceaccount.com" --role=roles/billing.viewer || break; done',
      'gcloud billing accounts add-iam-policy-binding "$BILLING_ACCOUNT" --member=serviceAccount:ci-deploy@PROJECT.iam.gserviceaccount.com --role=roles/billing.costsManager',
      'gh auth status',
      ...WORKFLOW_SECRETS.map(({ id }) => `./dev secrets set ${id} --env ENV`),
      './dev secrets push --env ENV --github',
    ],
    done: 'the workflow “deploy” ends healthy',
  },
];
