import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Check } from '../check.ts';
import { ANSIBLE, type Environment } from '../folders.ts';
import { runProgram } from '../run-program.ts';
import { marksOf, secretNames } from '../servers/invented-secrets.ts';
import type { Renderings } from '../servers/render-environment.ts';
import { daemonProblems } from './daemon-settings.ts';
import { netdataProblems } from './netdata-settings.ts';
import { seaweedfsProblems } from './seaweedfs-settings.ts';
import { labelsOf, Stack, stackProblems } from './stack-problems.ts';
import { proxyProblems, traefikProblems } from './traefik-settings.ts';

/** Files that hold a secret by their nature; root's alone, or their reader's group's. */
export const HOLDERS = /^etc\/innkeeper\/(netdata\/(health_alarm_notify\.conf|msmtprc)|sync-app\/[\w.-]+)$/u;

/**
 * All that the playbooks write for an environment, asked of each file's own reader: sshd, visudo and nft while Ansible
 * writes them, Docker, and what is known of Traefik's and Netdata's settings. No invented secret may be in Ansible's
 * output or in a file that is not made for it.
 */
export const render = (renderings: Renderings, environment: Environment): Check => ({
  name: `render ${environment}`,
  run: async () => {
    const rendered = await renderings(environment);
    if (!rendered.ok) return { seen: 'ended early', problems: [rendered.error] };
    const { files, output } = rendered.value;
    const stacks = [...files].filter(([file]) => isStack(file));
    return {
      seen: `${files.size} files, ${stacks.length} stacks`,
      problems: [
        ...(await Promise.all(stacks.map(([file, text]) => askDocker(basename(file), text)))).flat(),
        ...settingsProblems(files),
        ...(await leaks(files, output)),
      ],
    };
  },
});

const isStack = (file: string): boolean => /\/stacks\/[\w-]+\.yml$/u.test(file);

async function askDocker(name: string, stack: string): Promise<string[]> {
  const args = ['stack', 'config', '--compose-file', '-'];
  const { exitCode, stderr } = await runProgram('docker', args, { input: stack });
  return exitCode === 0 ? [] : [`${name}: ${stderr.trim()}`];
}

function settingsProblems(texts: ReadonlyMap<string, string>): string[] {
  const read = (file: string): string => texts.get(`etc/innkeeper/${file}`) ?? '';
  const stacks = [...texts]
    .filter(([file]) => isStack(file))
    .map(([file, text]) => [file, Stack.safeParse(parse(text))] as const);
  const readable = stacks.flatMap(([file, { data }]) => (data === undefined ? [] : [[basename(file), data] as const]));
  return [
    ...stacks.flatMap(([file, { error }]) => (error === undefined ? [] : [`${file}: ${z.prettifyError(error)}`])),
    ...readable.flatMap(([name, stack]) => stackProblems(name, stack)),
    ...readable.flatMap(([name, stack]) =>
      seaweedfsProblems(stack, read(`stacks/${name.replace(/yml$/u, 'seaweedfs_master')}`)).map(
        problem => `${name}: ${problem}`,
      ),
    ),
    ...daemonProblems(parse(texts.get('etc/docker/daemon.json') ?? '')),
    ...traefikProblems(
      parse(read('stacks/traefik.traefik_static')),
      parse(read('stacks/traefik.traefik_dynamic')),
      readable.flatMap(([, stack]) => labelsOf(stack)),
    ),
    ...readable
      .flatMap(([, { services }]) => services['socket-proxy'] ?? [])
      .flatMap(({ environment }) => proxyProblems(environment ?? {})),
    ...netdataProblems({
      main: read('netdata/netdata.conf'),
      checks: parse(read('netdata/go.d/httpcheck.conf')),
      alarms: read('netdata/health.d/innkeeper.conf'),
    }),
  ];
}

async function leaks(texts: ReadonlyMap<string, string>, output: string): Promise<string[]> {
  const marks = marksOf(secretNames(await readFile(join(ANSIBLE, 'group_vars/all/secrets.yml'), 'utf8')));
  return [...marks].flatMap(([name, mark]) => [
    ...(output.includes(mark) ? [`${name} is in Ansible's output`] : []),
    ...[...texts]
      .filter(([file, text]) => !HOLDERS.test(file) && text.includes(mark))
      .map(([file]) => `${name} is in ${file}`),
  ]);
}
