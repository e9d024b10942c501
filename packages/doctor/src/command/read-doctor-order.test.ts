import { describe, expect, it } from 'vitest';
import { GROUPS } from '../report/finding.ts';
import { readDoctorOrder } from './read-doctor-order.ts';

describe('./dev doctor', () => {
  it.each([
    [['--env', 'prod'], { environment: 'prod', json: false, groups: GROUPS }],
    [['--json', '--env=dev'], { environment: 'dev', json: true, groups: GROUPS }],
    [
      ['--env', 'prod', '--only', 'queues, backups'],
      { environment: 'prod', json: false, groups: ['backups', 'queues'] },
    ],
    [[], { environment: undefined, json: false, groups: GROUPS }],
  ])('%j', (words, order) => {
    expect(readDoctorOrder(words)).toEqual({ ok: true, value: { kind: 'order', order } });
  });

  it.each([
    [['--only', 'dns'], 'There is no group dns: credentials,'],
    [['prod'], 'prod'],
    [['--force'], '--force'],
  ])('%j is refused in words', (words, sentence) => {
    const read = readDoctorOrder(words);
    expect(read.ok ? '' : read.error.sentence).toContain(sentence);
  });

  it('names every group in its help', () => {
    const read = readDoctorOrder(['--help']);
    const text = read.ok && read.value.kind === 'help' ? read.value.text : '';
    for (const group of GROUPS) expect(text).toContain(group);
  });
});
