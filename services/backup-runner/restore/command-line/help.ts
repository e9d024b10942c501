/** What `--help` says, for the whole and for each command. */
const ENVIRONMENT = `Environment (each secret also as <NAME>_FILE, a path; from a file: set -a; . FILE; set +a):
  VAULT_URL          address of the vault, https://…
  VAULT_REPOSITORY   repository in it (company)
  VAULT_SIGNING_KEY  private key of the vault's tokens (JWK): a reading token for six hours is made with it
  RESTIC_PASSWORD    password of the repository
  RESTIC_REPOSITORY  restic's own address instead of the vault, when that is gone:
                     s3:https://ACCOUNT.r2.cloudflarestorage.com/BUCKET/company
                     with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
  GOOGLE_CLOUD_PROJECT, FIRESTORE_OPS_DATABASE (ops)   where pending erasures are read from`;

const EVERY_RESTORE = `  --yes              do it; without it the plan is shown and nothing is changed
  --by NAME          who restores, for the record (your account on this machine)
  --record FILE      where the record goes (beside the target folder; for databases the current folder)
  --overwrite        what is in the target may be replaced; otherwise the target must be empty
  --erasures FILE    pending erasures as JSON instead of Firestore (pnpm backups erasures > FILE)
  --without-erasures restore what has been erased since, too`;

const PASSWORDS = `  --into-source      the target may be what is backed up (BACKUP_MONGODB_URI, BACKUP_POSTGRES_URI)

Passwords never belong in an address: RESTORE_MONGODB_PASSWORD and RESTORE_POSTGRES_PASSWORD (or …_FILE) hold them.`;

export const HELP = {
  restore: `Usage: pnpm restore COMMAND …

Brings back what a night's backup holds. Every command that changes something shows its plan first and waits for --yes.

  list                                   which runs there are, and what each holds
  browse RUN[:SOURCE] [PATH]             what is in a run: files, or mongodb, keycloak, configuration
  files RUN PATH… --to FOLDER            files and folders
  collection RUN DB.COLLECTION --to URI  one collection of MongoDB
  keycloak RUN --to URI                  Keycloak's database
  everything RUN --to FOLDER             all of it side by side, and into empty databases
  erase RUN                              erases again what was erased since, in something restored by other means

RUN is a run id such as 2026-11-21, or latest. Each command has --help.

${ENVIRONMENT}`,

  list: `Usage: pnpm restore list [--json]

The runs in the repository, newest first: when, what each holds, whether it is complete, and why retention keeps it.

  pnpm restore list
  pnpm restore list --json | jq '.[0]'`,

  browse: `Usage: pnpm restore browse RUN[:SOURCE] [PATH] [--json]

What is in a run. SOURCE is files (otherwise), mongodb (collections with their documents), keycloak (tables) or
configuration (names only, never values). For mongodb and keycloak the dump is fetched and counted, which takes a while.

  pnpm restore browse latest
  pnpm restore browse 2026-11-21 /buckets/rocketchat-uploads
  pnpm restore browse latest:mongodb`,

  files: `Usage: pnpm restore files RUN PATH… --to FOLDER [--yes] …

Files and folders of the filer, under the same names below FOLDER. Contents are verified against their hashes.

  pnpm restore files latest /buckets/rocketchat-uploads/a1.jpg --to ./restored
  pnpm restore files 2026-11-14 / --to /srv/restored --yes --by ada

${EVERY_RESTORE}`,

  collection: `Usage: pnpm restore collection RUN DB.COLLECTION --to URI [--as DB.COLLECTION] [--yes] …

One collection with its indexes, into the same name or another. It is as it was when the dump came to it: writes during
the dump belong to a restore of everything only. Needs mongorestore.

  pnpm restore collection latest rocketchat.rocketchat_message --to mongodb://127.0.0.1:27017 --as check.messages

${EVERY_RESTORE}
${PASSWORDS}`,

  keycloak: `Usage: pnpm restore keycloak RUN --to URI [--yes] …

Keycloak's database into an empty one, in one transaction. Needs pg_restore of the dump's version or newer.

  pnpm restore keycloak latest --to postgresql://keycloak@127.0.0.1:5432/keycloak --yes

${EVERY_RESTORE}
${PASSWORDS}`,

  everything: `Usage: pnpm restore everything RUN --to FOLDER [--mongodb URI] [--postgres URI] [--yes] …

All that a run holds: FOLDER gets files/, mongodb.archive, keycloak.dump and configuration.json. With --mongodb and
--postgres the databases are filled, too; they must be empty. Broken off, the same command goes on where it stopped.

  pnpm restore everything latest --to /srv/restored
  pnpm restore everything latest --to /srv/restored --mongodb mongodb://127.0.0.1:27017 \\
    --postgres postgresql://keycloak@127.0.0.1:5432/keycloak --yes --by ada

${EVERY_RESTORE}
${PASSWORDS}`,

  erase: `Usage: pnpm restore erase RUN [--files FOLDER] [--mongodb URI] [--firestore PROJECT/DATABASE] [--yes] …

Erases again, in something that was restored by other means from the state of RUN (a managed backup of Firestore, a
mongorestore by hand), everything that was erased since.

  pnpm restore erase 2026-11-21 --firestore my-project/restored --yes

${EVERY_RESTORE.split('\n')
  .filter(line => !/--overwrite|--without/u.test(line))
  .join('\n')}`,
} as const;
