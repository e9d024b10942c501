import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Check, Verdict } from '../check.ts';
import { ANSIBLE, type Environment } from '../folders.ts';
import { listFiles } from '../list-files.ts';
import { runProgram } from '../run-program.ts';
import { marksOf, secretNames } from '../servers/invented-secrets.ts';
import { PLAYBOOKS, play } from '../servers/play.ts';
import type { Prepared } from '../toolchain/prepare.ts';
import { netdataProblems } from './netdata-settings.ts';
import { labelsOf, Stack, stackProblems } from './stack-problems.ts';
import { traefikProblems } from './traefik-settings.ts';

/** Files that hold a secret by their nature; root's alone, or their reader's group's. */
const HOLDERS = /^etc\/innkeeper\/(netdata\/(health_alarm_notify\.conf|msmtprc)|sync-app\/[\w.-]+)$/u;

/**
 * Plays all that writes files on an invented server of an environment, then asks each file's own reader: sshd, visudo
 * and nft while Ansible writes them, Docker, and what is known of Traefik's and Netdata's settings. No invented secret
 * may be in Ansible's output or in a file that is not made for it.
 */
export const render = (prepared: Prepared, environment: Environment): Check => ({
  name: `render ${environment}`,
  run: async () => {
    const work = await mkdtemp(join(tmpdir(), `innkeeper-${environment}-`));
    try {
      return await renderIn(work, prepared, environment);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
});

async function renderIn(work: string, prepared: Prepared, environment: Environment): Promise<Verdict> {
  const args = ['--tags', 'render,preflight'];
  const { exitCode, stdout, stderr } = await play(prepared, { environment, work, playbooks: PLAYBOOKS, args });
  if (exitCode !== 0) return { seen: 'ended early', problems: [lastLines(stdout), stderr.trim()] };
  const changes = join(work, 'changes');
  const files = (await listFiles(join(changes, 'etc'))).map(file => join('etc', file));
  const texts = new Map(
    await Promise.all(files.map(async file => [file, await readFile(join(changes, file), 'utf8')] as const)),
  );
  return {
    seen: `${files.length} files, ${files.filter(isStack).length} stacks`,
    problems: [
      ...(await Promise.all(files.filter(isStack).map(file => askDocker(join(changes, file))))).flat(),
      ...settingsProblems(texts),
      ...(await leaks(texts, `${stdout}${stderr}`)),
    ],
  };
}

const isStack = (file: string): boolean => /\/stacks\/[\w-]+\.yml$/u.test(file);
const lastLines = (text: string): string => text.split('\n').slice(-25).join('\n').trim();

async function askDocker(file: string): Promise<string[]> {
  const { exitCode, stderr } = await runProgram('docker', ['stack', 'config', '--compose-file', file]);
  return exitCode === 0 ? [] : [`${basename(file)}: ${stderr.trim()}`];
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
    ...traefikProblems(
      parse(read('stacks/traefik.traefik_static')),
      parse(read('stacks/traefik.traefik_dynamic')),
      readable.flatMap(([, stack]) => labelsOf(stack)),
    ),
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
