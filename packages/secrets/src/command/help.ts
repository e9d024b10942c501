/** What `pnpm secrets --help` prints. */
export const HELP = `Usage: pnpm secrets COMMAND --env dev|staging|prod [options]

Every secret of an environment: what is set, missing, old or not where it is read. No value is ever printed, logged or
taken from the command line. What replaces something shows its plan first and asks; a run that is cut off is said again.

  status                what is set and who has it; 1 when something is missing
  reminders             what is old or about to expire; ends with 0 however many there are
  set NAME              keeps a value, read from a hidden prompt or from standard input
  generate NAME         makes a random value or a key pair; prints the public half
  rollback NAME         makes the value before the current one the current one again (--to VERSION)
  push                  gives Workers and GitHub's environments what changed (--worker NAME, --github)
  qdrant-keys           makes, proves and keeps Qdrant's database keys (--renew, --retire deletes the ones before)
  cloudflare-tokens     rolls the tokens that Terraform made, keeps and proves them (--renew)

  --env ENV        the environment; nothing is assumed
  --json           for status and reminders
  --dry-run        shows what would be done, and does nothing
  --yes            does not ask
  --outputs FILE   what \`terraform output -json\` printed, instead of asking Terraform

Values are kept in Google's Secret Manager, in numbered versions: the newest one counts, older ones stay. Beside each
secret of a Worker stands one whose name says which version it is: GROQ_API_KEY__V3.

Ends with 0 when all is well, 1 when something is missing or was refused, 2 for a wrong command.

Environment:
  CLOUDFLARE_API_TOKEN      Workers Scripts Write; for tokens also Account API Tokens Write
  QDRANT_CLOUD_API_KEY      management key, for qdrant-keys
  GOOGLE_OAUTH_ACCESS_TOKEN instead of gcloud auth application-default login
  Addresses, for tests: CLOUDFLARE_API_BASE_URL, SECRET_MANAGER_URL, CLOUD_FUNCTIONS_URL, QDRANT_CLOUD_URL; GH_PROGRAM`;
