import { join } from 'node:path';
import { REPOSITORY } from './stack-home.ts';

const LOCAL_STACK = join(REPOSITORY, 'packages/local-stack/src');
const ours = (folder: string): string => join(LOCAL_STACK, folder, 'main.ts');

/** The TypeScript programs that parts of the local stack run: absolute path of each one's entry. */
export const PROGRAMS = {
  qdrant: ours('stand-ins/qdrant'),
  groq: ours('stand-ins/groq'),
  embeddings: ours('stand-ins/embeddings'),
  mongodb: ours('stand-ins/mongodb'),
  rocketchat: ours('stand-ins/rocketchat'),
  guesty: ours('stand-ins/guesty'),
  aircall: ours('stand-ins/aircall'),
  hetzner: ours('stand-ins/hetzner'),
  postgres: ours('postgres'),
  google: ours('google'),
  'functions-host': ours('functions-host'),
  gateway: ours('events'),
  'workers-host': ours('workers-host'),
  'mongo-listener': join(REPOSITORY, 'services/mongo-listener/src/main.ts'),
  /** Not started themselves: `functions-host` imports them … */
  vectorize: join(REPOSITORY, 'functions/vectorize/src/index.ts'),
  backup: join(REPOSITORY, 'functions/backup/src/index.ts'),
  /** … and a server that `hetzner` boots runs this one. */
  'backup-runner': join(REPOSITORY, 'services/backup-runner/src/main.ts'),
} as const;

export type ProgramName = keyof typeof PROGRAMS;
/** Absolute path of what Node runs in place of each. */
export type Programs = Readonly<Record<ProgramName, string>>;

/**
 * Stack traces name our sources. `--enable-source-maps` would also read the maps of every installed package and keep
 * them.
 */
const OWN_SOURCE_MAPS =
  '--import=data:text/javascript,import { setSourceMapsSupport } from "node:module"; setSourceMapsSupport(true);';

/**
 * Megabytes for what was just made, three times as many in memory. V8 would take up to 16 per process after the first
 * burst and keep them. The functions, which do most of the work, spend a fifth of their time collecting with one.
 */
const youngSpace = (name: ProgramName): string => `--max-semi-space-size=${name === 'functions-host' ? 4 : 1}`;

/** Megabytes for what stays. The largest part keeps about half of it; with V8's gigabytes, garbage waits for as long. */
const OLD_SPACE = '--max-old-space-size=128';

/** What Node is told about memory and stack traces in every program. */
export const nodeFlags = (name: ProgramName): readonly string[] => [OWN_SOURCE_MAPS, youngSpace(name), OLD_SPACE];
