import { expect, test } from 'vitest';
import { netdataProblems } from './netdata-settings.ts';

const job = {
  name: 'filer',
  url: 'http://10.30.1.11:8888/healthz',
  timeout: 5,
  update_every: 10,
  status_accepted: [200],
};
const jobs = ['mongo_listener', 'filer', 'rocketchat', 'keycloak'].map(name => ({ ...job, name }));
const alarm = `
 alarm: filer_away
    on: httpcheck_filer.request_status
lookup: average -1m unaligned percentage of success
 every: 15s
  crit: $this < 50
  info: Look: here.
    to: sysadmin
`;
const alarms = jobs.map(({ name }) => alarm.replaceAll('filer', name)).join('');
const well = { main: '[db]\n  mode = dbengine\n', checks: { jobs }, alarms };

test('settings that fit together are well', () => {
  expect(netdataProblems(well)).toEqual([]);
});

test.each([
  ['an unknown section', { ...well, main: '[databse]\n' }, 'no section databse'],
  ['a line that is no option', { ...well, main: '[db]\nmode\n' }, 'mode is no option'],
  ['an unknown key of a job', { ...well, checks: { jobs: [...jobs, { ...job, status: [200] }] } }, 'Unrecognized key'],
  ['a check without an alarm', { ...well, alarms: '' }, 'nobody is told'],
  ['what is not asked', { ...well, checks: { jobs: jobs.slice(1) } }, 'mongo_listener is never asked'],
  ['an unknown line', { ...well, alarms: alarms.replace('crit', 'critical') }, 'no line critical'],
  ['an alarm that cannot be raised', { ...well, alarms: alarms.replace(/ {2}crit.*\n/u, '') }, 'never be raised'],
  [
    'a disk by its name',
    { ...well, alarms: alarms.replace('httpcheck_filer.request_status', 'disk_space./') },
    'found by their label',
  ],
  [
    'a template nobody hears',
    { ...well, alarms: `${alarms}template: disk_fills\n on: disk.space\n` },
    'has no line to',
  ],
  ['an alarm nobody hears', { ...well, alarms: alarms.replace(/ {4}to.*\n/u, '') }, 'has no line to'],
])('%s is told', (_, settings, sentence) => {
  expect(netdataProblems(settings).join('\n')).toContain(sentence);
});
