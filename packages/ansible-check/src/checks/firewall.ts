import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Check, Verdict } from '../check.ts';
import { DOORS, type Knock, placesAround, wrongKnocks } from '../firewall/who-may.ts';
import { ANSIBLE } from '../folders.ts';
import { runProgram } from '../run-program.ts';
import type { Renderings } from '../servers/render-environment.ts';

const STAGE = join(import.meta.dirname, '../firewall/stage.ts');
const Networks = z.object({
  common_nodes_cidr: z.string(),
  common_backup_cidr: z.string(),
  common_ssh_sources: z.array(z.string()).min(1),
});

/** The host firewall of prod with real packets: everybody around it knocks at every door. */
export const firewall = (renderings: Renderings): Check => ({
  name: 'firewall',
  run: async () => {
    const rendered = await renderings('prod');
    const rules = rendered.ok ? rendered.value.files.get('etc/innkeeper/firewall.nft') : undefined;
    if (rules === undefined) return { seen: 'not written', problems: ['There is no firewall to look at.'] };
    const work = await mkdtemp(join(tmpdir(), 'innkeeper-firewall-'));
    try {
      return await knockAtAll(work, rules);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
});

async function knockAtAll(work: string, rules: string): Promise<Verdict> {
  const networks = Networks.parse(parse(await readFile(join(ANSIBLE, 'group_vars/prod/common.yml'), 'utf8')));
  const places = placesAround({
    nodes: networks.common_nodes_cidr,
    backup: networks.common_backup_cidr,
    operators: networks.common_ssh_sources[0] ?? '',
  });
  const stage = async (ruleset: string): Promise<Knock[]> => {
    const order = [
      '--net',
      '--mount',
      '--propagation',
      'private',
      process.execPath,
      STAGE,
      ruleset,
      JSON.stringify(places),
    ];
    const { exitCode, stdout, stderr } = await runProgram('unshare', order);
    if (exitCode !== 0) throw new Error(`The stage broke down: ${stderr.trim()}`);
    return JSON.parse(stdout) as Knock[];
  };
  const ruleset = join(work, 'firewall.nft');
  await writeFile(ruleset, rules);
  // Without rules every door is open: that a knock is refused has to be the firewall's doing.
  const none = join(work, 'none.nft');
  await writeFile(none, '# nothing\n');
  const shut = (await stage(none)).filter(({ isOpen }) => !isOpen);
  return {
    seen: `${places.length} places, ${Object.keys(DOORS).length} doors each, with and without it`,
    problems: [
      ...shut.map(({ place, door }) => `without any rules ${place} does not reach ${door}: nothing is proved`),
      ...wrongKnocks(places, await stage(ruleset)),
    ],
  };
}
