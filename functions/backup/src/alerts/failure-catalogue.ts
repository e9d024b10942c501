import type { BackupFailure } from '@innkeeper/shared/contracts/backup/failure';

/** Why a run failed, in words, what to do next, and whether another server later the same day can help. */
export interface FailureEntry {
  /** What happened, to follow `failed while backing_up: `. */
  readonly means: string;
  readonly action: string;
  /** Whether the cause may be gone by itself. Never where a person has to look at data or rights first. */
  readonly mayRetry: boolean;
}

const again = (means: string, action: string): FailureEntry => ({ means, action, mayRetry: true });
const person = (means: string, action: string): FailureEntry => ({ means, action, mayRetry: false });

const RUNNER_LOG = 'the report of the run in `backups/<run id>`';

/** Each failure in words. The table in the README is made of it. Pure. */
export const FAILURE_CATALOGUE: { readonly [K in BackupFailure]: FailureEntry } = {
  no_snapshot_image: person(
    'no snapshot carries the label `role=backup-runner`',
    'Build the snapshot of the backup server, or put its labels back.',
  ),
  image_architecture_differs: person(
    'the snapshot is of another architecture than every server type configured',
    'Set `BACKUP_SERVERS` to types of the snapshot’s architecture, or build the snapshot for theirs.',
  ),
  image_larger_than_disk: person(
    'the snapshot does not fit on the disk of any server type configured',
    'Build the snapshot on the smallest type in `BACKUP_SERVERS`, or configure larger ones.',
  ),
  runner_outdated: person(
    'the runner in the snapshot is older than this function understands',
    'Build the snapshot anew from this version of the repository.',
  ),
  no_capacity: again(
    'no configured server type was to be had in any configured place for hours',
    'Add other types and places to `BACKUP_SERVERS`.',
  ),
  hetzner_denied: person(
    'Hetzner refuses the token',
    'Make a new read-and-write token for the project and store it as `HCLOUD_TOKEN`.',
  ),
  hetzner_quota_exceeded: person(
    'the Hetzner project has reached its limit of servers',
    'Delete servers that are not needed, or ask Hetzner for a higher limit.',
  ),
  hetzner_refused: person(
    'Hetzner calls the order itself wrong',
    'Read the detail and check `BACKUP_SERVERS`, `BACKUP_NETWORK_ID`, `BACKUP_FIREWALL_ID` and `BACKUP_SSH_KEY`.',
  ),
  hetzner_unavailable: again('Hetzner’s API could not be used for hours', 'Look at status.hetzner.com.'),
  server_vanished: again(
    'the server was gone before it had finished',
    'See in Hetzner’s console who deletes servers of this project.',
  ),
  exchange_refused: again(
    'the server was refused its secrets',
    'Read why in the log of `exchange`; a server that boots too slowly finds its token expired.',
  ),
  program_missing: person(
    'a program the runner needs is not in the snapshot',
    'Build the snapshot anew; the detail names the program.',
  ),
  restic_outdated: person('restic in the snapshot is older than 0.19.1', 'Build the snapshot anew.'),
  repository_missing: person(
    'there is no restic repository at the configured place',
    'Check `VAULT_URL` and `VAULT_REPOSITORY`. Only if there has never been one: `pnpm backups init`.',
  ),
  repository_locked: again(
    'another restic process kept the repository locked',
    'See whether a restore or a check is running; `pnpm backups unlock` removes what a dead process left.',
  ),
  repository_wrong_password: person(
    'the repository does not open with `RESTIC_PASSWORD`',
    'Put the password back that the repository was made with. Do not make a new repository.',
  ),
  repository_full: person('the vault takes no more data', 'Look at the limits of the bucket and of the account.'),
  repository_damaged: person(
    'restic found the repository damaged',
    'Start no restore over it and delete nothing; follow “Damaged repository” in the runbook today.',
  ),
  vault_unavailable: again('the vault could not be reached for too long', 'Look at the status of Cloudflare.'),
  vault_refused: person(
    'the vault refused what the runner asked of it',
    'Read the vault’s audit lines of this run; compare `VAULT_SIGNING_KEY` with `VAULT_PUBLIC_KEYS`.',
  ),
  restic_failed: again('restic ended with an error it has no name for', `Read the detail in ${RUNNER_LOG}.`),
  restic_crashed: again('restic died', `Read the detail in ${RUNNER_LOG}; most often memory ran out.`),
  restic_cancelled: again('restic was interrupted', 'Nothing, unless it happens again.'),
  source_unreadable: again(
    'some of the data could not be read',
    'See that every source can be read; the detail says which.',
  ),
  mount_failed: again('SeaweedFS could not be mounted', 'See that the filer answers at `FILER_ADDRESSES`.'),
  mount_empty: again(
    'the sentinel file was missing below a mounted folder',
    'See that the folder of `BACKUP_FILER_PATHS` is the right one and holds its sentinel.',
  ),
  files_too_few: person(
    'there were fewer files than the configured minimum',
    'If files were deleted on purpose, lower the minimum in `BACKUP_FILER_PATHS`; otherwise look for them now.',
  ),
  dump_failed: again('a database could not be dumped', 'See that MongoDB and Keycloak’s PostgreSQL can be reached.'),
  dump_shrunk: person(
    'a database is less than half of what it was last time',
    'Look whether data was lost. If it is right so, start a run by hand with `acceptSmaller`.',
  ),
  disk_full: person('the disk of the backup server was full', 'Configure a type with a larger disk.'),
  retention_disagrees: person(
    'restic would keep other snapshots than the rule says',
    'Nothing was removed. Compare both lists in the detail; run no `forget` by hand.',
  ),
  retention_incomplete: again('some snapshots that were due could not be removed', 'Nothing, unless it happens again.'),
  restore_failed: again('nothing could be read back', `Read the detail in ${RUNNER_LOG}.`),
  restore_differs: person(
    'what was read back differs from what was backed up',
    'Treat this backup as bad. Run `pnpm backups restic -- check --read-data`, restore a sample of an older one today.',
  ),
  canary_missing: person(
    'the secret number of this run did not come back',
    'Treat this backup as bad: another repository or another run’s snapshot was read. Compare the addresses.',
  ),
  deadline_reached: again(
    'the server reached its deadline and switched itself off',
    'See which step took longer than usual; larger data need a faster server type.',
  ),
  stopped: again('the server was told to stop', 'Nothing, if somebody stopped it.'),
  runner_bug: person(
    'the runner broke on something nobody thought of',
    'Report the detail to whoever maintains Innkeeper.',
  ),
  deadline_passed: again(
    'nothing was heard of the server until the deadline of its step',
    'See the server’s console output of that time; most often it lost its network.',
  ),
  token_stolen: person(
    'the one-time token was used by somebody else than the server',
    'Treat the private network as entered: find who read the user data, and renew every secret `exchange` gives out.',
  ),
  runner_misbehaved: person(
    'signed reports contradicted each other',
    'Nothing of this run counts. Build the snapshot anew; report it if it happens again.',
  ),
};

/** Whether an automatic retry can help. */
export const mayRetry = (failure: BackupFailure): boolean => FAILURE_CATALOGUE[failure].mayRetry;
