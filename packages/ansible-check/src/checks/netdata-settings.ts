import * as z from 'zod';

/**
 * Netdata's settings as far as they can be read without it: sections and options, jobs of the HTTP collector, and
 * alarms. It would leave out an alarm it cannot read, and nobody would be told of anything. Pure.
 */
export interface NetdataSettings {
  readonly main: string;
  readonly checks: unknown;
  readonly alarms: string;
}

const Checks = z.strictObject({
  jobs: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z0-9_]+$/u),
      url: z.url({ protocol: /^https?$/u }),
      timeout: z.int().positive(),
      update_every: z.int().positive(),
      status_accepted: z.array(z.int()),
      response_match: z.string().optional(),
    }),
  ),
});

/** What has to be asked by each server. */
const WATCHED = ['mongo_listener', 'filer', 'rocketchat', 'keycloak'];
const SECTIONS = new Set(['global', 'db', 'web', 'cloud', 'ml']);
/** An alarm is for one chart by its name, a template for all of a kind. */
const ALARM_STARTS = ['alarm', 'template'];
const ALARM_LINES = new Set([
  ...ALARM_STARTS,
  ...['on', 'chart labels', 'lookup', 'calc', 'units', 'every', 'warn', 'crit', 'delay', 'info', 'to'],
]);
const ALARM_NEEDS = ['on', 'every', 'info', 'to'];

export function netdataProblems({ main, checks, alarms }: NetdataSettings): string[] {
  const jobs = Checks.safeParse(checks);
  const watched = (jobs.data?.jobs ?? []).map(({ name }) => name);
  return [
    ...mainProblems(main),
    ...(jobs.success ? [] : [z.prettifyError(jobs.error)]),
    ...readAlarms(alarms).flatMap(alarmProblems),
    ...WATCHED.filter(name => !watched.includes(name)).map(name => `${name} is never asked`),
    ...watched
      .filter(name => !alarms.includes(`on: httpcheck_${name}.`))
      .map(name => `${name} is asked, and nobody is told when it does not answer`),
  ].map(problem => `netdata: ${problem}`);
}

function mainProblems(main: string): string[] {
  return lines(main).flatMap(line => {
    const section = /^\[(?<name>[^\]]+)\]$/u.exec(line)?.groups?.['name'];
    if (section !== undefined) return SECTIONS.has(section) ? [] : [`there is no section ${section}`];
    return /^[\w ]+ = \S/u.test(line) ? [] : [`${line} is no option`];
  });
}

type Alarm = ReadonlyMap<string, string>;

function readAlarms(text: string): Alarm[] {
  const alarms: Map<string, string>[] = [];
  for (const line of lines(text)) {
    const [name = '', ...value] = line.split(':');
    if (ALARM_STARTS.includes(name.trim())) alarms.push(new Map());
    alarms.at(-1)?.set(name.trim(), value.join(':').trim());
  }
  return alarms;
}

function alarmProblems(alarm: Alarm): string[] {
  const name = alarm.get('alarm') ?? alarm.get('template') ?? '';
  return [
    ...[...alarm.keys()].filter(line => !ALARM_LINES.has(line)).map(line => `${name}: there is no line ${line}`),
    ...ALARM_NEEDS.filter(line => !alarm.has(line)).map(line => `${name}: has no line ${line}`),
    ...(alarm.get('on')?.startsWith('disk_space.') === true
      ? [`${name}: charts of disks are found by their label, in their names a mount point is written another way`]
      : []),
    ...(alarm.has('lookup') || alarm.has('calc') ? [] : [`${name}: looks at nothing`]),
    ...(alarm.has('warn') || alarm.has('crit') ? [] : [`${name}: can never be raised`]),
  ];
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'));
