import * as z from 'zod';

/** Ways in which a snapshot of the backup server can come about or not, and what has to be left in each. Pure. */
export interface Alteration {
  /** A program that is not on the server. */
  readonly missing?: string;
  /** Of Hetzner's stand-in. */
  readonly fault?: object;
  /** A word of the output that only this has. */
  readonly says: string;
  readonly isGood: boolean;
}

/** The one that is good comes last: the others have to leave everything as it was. */
export const SCENARIOS = {
  'lost answer': {
    fault: { method: 'POST', pathPrefix: '/v1/servers', status: 504, carriedOut: true, times: 1 },
    says: 'POST servers: 504',
    isGood: false,
  },
  'missing program': { missing: 'weed', says: 'weed version', isGood: false },
  'good image': { says: 'is the one for the next night', isGood: true },
} as const satisfies Readonly<Record<string, Alteration>>;
export type Scenario = keyof typeof SCENARIOS;

/** Snapshots that the project has before, oldest first. */
export const OLD_IMAGES = [7001, 7002, 7003, 7004];
/** `backup_image_kept` of group_vars. */
const KEPT = 3;

export const Played = z.object({
  scenario: z.enum(Object.keys(SCENARIOS) as [Scenario, ...Scenario[]]),
  exitCode: z.int(),
  output: z.string(),
  /** What a server made of the image finds in /etc/machine-id; systemd makes a number of its own of an empty one. */
  machineId: z.string().optional(),
  /** Names of the servers that are left. */
  servers: z.array(z.string()),
  /** Ids of the snapshots that are left, proven or not. */
  images: z.array(z.int()),
  /** The snapshot that functions/backup would take for the next night. */
  chosen: z.int().optional(),
});
export type Played = z.infer<typeof Played>;

export function snapshotProblems(played: Played): string[] {
  const { says, isGood } = SCENARIOS[played.scenario];
  const said = played.output.replaceAll(/\s+/gu, ' ');
  const news = played.images.filter(id => !OLD_IMAGES.includes(id));
  const kept = played.images.filter(id => OLD_IMAGES.includes(id));
  const expected = isGood ? OLD_IMAGES.slice(1 - KEPT) : OLD_IMAGES;
  const newest = isGood ? news[0] : OLD_IMAGES.at(-1);
  return [
    ...((played.exitCode === 0) === isGood ? [] : [`ends with ${played.exitCode}`]),
    ...(said.includes(says) ? [] : [`nobody is told "${says}", but: ${said.slice(-1500).trim()}`]),
    ...played.servers.map(name => `the server ${name} is left and costs money`),
    ...(news.length === (isGood ? 1 : 0) ? [] : [`${news.length} new snapshots are left`]),
    ...(kept.join() === expected.join()
      ? []
      : [`of the old snapshots ${kept.join()} are left, not ${expected.join()}`]),
    ...(played.chosen === newest ? [] : [`functions/backup would take ${played.chosen}, not ${newest}`]),
    ...(!isGood || played.machineId === ''
      ? []
      : ['/etc/machine-id is not empty: its servers would be one, or wait at the console for their first start']),
    ...(played.output.includes('t'.repeat(64)) ? ['the token is in the output'] : []),
  ].map(problem => `${played.scenario}: ${problem}`);
}
