import { readFileSync } from 'node:fs';
import type { ProgramRun } from '@innkeeper/deployment/testing/cloud-world';
import { standInGcloud } from '@innkeeper/deployment/testing/stand-in-gcloud';
import { type Account, cloudWorld, type ProgramCall, refused, said } from './account.ts';

/** What an operator types, beside what a deployment does; each word for word. */
const TYPED: readonly (readonly [line: RegExp, answer: string])[] = [
  [/^version$/u, 'Google Cloud SDK, in a rehearsal\n'],
  [/^auth (?:application-default )?login$/u, ''],
  [/^config set project [a-z0-9-]+$/u, ''],
  [/^services enable (?:[a-z]+\.googleapis\.com )+--project [a-z0-9-]+$/u, ''],
  [/^beta services identity create --service pubsub\.googleapis\.com --project [a-z0-9-]+$/u, ''],
  [
    /^billing accounts add-iam-policy-binding [0-9A-F]{6}(?:-[0-9A-F]{6}){2} --member=serviceAccount:ci-[a-z]+@[a-z0-9-]+\.iam\.gserviceaccount\.com --role=roles\/billing\.(?:viewer|costsManager)$/u,
    '',
  ],
  // Of a person's login; `--audiences` is for service accounts alone.
  [/^auth print-identity-token$/u, 'identity-token-of-nobody\n'],
];

/** Google's program: sign-in is played, secrets are those kept, functions are the deployment's stand-in's. */
export function gcloud({ args, cwd, environment }: ProgramCall, account: Account): ProgramRun {
  const line = args.join(' ');
  const typed = TYPED.find(([pattern]) => pattern.test(line));
  if (typed !== undefined) return said(typed[1]);
  const world = cloudWorld(account);
  const read = (path: string): string => readFileSync(path, 'utf8');
  const done = standInGcloud(args, world, { cwd, environment, readText: read });
  account.made = world.made;
  if (done.exitCode === 0 && args[0] === 'functions' && args[1] === 'deploy') note(args, account);
  return done.exitCode === 0 || line.startsWith('secrets ') ? done : refused(done.stderr.trim());
}

/** The versions of secrets that a function was deployed with, as Google shows them to whoever asks. */
function note(args: readonly string[], { vendors }: Account): void {
  const flag = args.find(arg => arg.startsWith('--set-secrets='))?.slice('--set-secrets='.length) ?? '';
  const pairs = flag.split(',').map(each => each.slice(each.indexOf('=') + 1).split(':'));
  vendors?.google.functions.set(args[2] ?? '', {
    updatedAtMs: Date.now(),
    secrets: Object.fromEntries(pairs.map(([id = '', version = '']) => [id, version])),
  });
}
