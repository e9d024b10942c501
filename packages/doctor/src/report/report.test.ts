import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { describeReport } from './describe-report.ts';
import { type Finding, notAsked, unwell, well } from './finding.ts';
import { DoctorReport } from './report.ts';
import { summarise } from './summarise.ts';
import { writeReport } from './write-report.ts';

const finding = (id: string, verdict: Finding['verdict']): Finding => ({
  id: `queues/${id}`,
  group: 'queues',
  title: id,
  verdict,
});
const about = { environment: 'prod', askedAt: new Date('2026-11-22T06:00:00Z'), notes: ['VAULT_URL is set.'] };
const reportOf = (findings: readonly Finding[]) => writeReport(about, findings, summarise(findings));

describe('the end of the command', () => {
  it.each([
    ['everything asked and well', [well('a')], 0],
    ['something unwell', [well('a'), unwell('now', 'b', 'do')], 1],
    ['something not asked', [well('a'), notAsked('b')], 1],
    ['nothing asked', [notAsked('a'), notAsked('b')], 2],
    ['no check at all', [], 2],
  ] as const)('%s', (_name, verdicts, code) => {
    expect(summarise(verdicts.map((verdict, index) => finding(String(index), verdict))).exitCode).toBe(code);
  });
});

describe('next steps', () => {
  it('come once each, at their most urgent, the most urgent first', () => {
    const { nextSteps } = summarise([
      finding('a', unwell('this_week', 'a', 'rest')),
      finding('b', notAsked('b', 'sign in')),
      finding('c', unwell('today', 'c', 'apply')),
      finding('d', unwell('now', 'd', 'rest')),
    ]);
    expect(nextSteps).toEqual([
      { urgency: 'now', step: 'rest', findings: ['queues/a', 'queues/d'] },
      { urgency: 'today', step: 'apply', findings: ['queues/c'] },
      { urgency: 'later', step: 'sign in', findings: ['queues/b'] },
    ]);
  });
});

describe('for a person', () => {
  const findings = [
    finding('live', well('3 messages')),
    finding('a', notAsked('no credential')),
    finding('b', notAsked('no credential')),
    finding('dead', unwell('this_week', 'odd\u001B[2J', 'look')),
  ];

  it('stands in lines, with what was not asked for one reason in one', () => {
    expect(describeReport(reportOf(findings), picocolors.createColors(false))).toBe(
      [
        'prod, 2026-11-22 06:00 UTC',
        'VAULT_URL is set.',
        '',
        'queues',
        '  ✓ live          3 messages',
        '  – a and 1 more  no credential',
        '  ✗ dead          odd·[2J',
        '',
        '1 well, 1 unwell, 2 not asked.',
        'Next, most urgent first:',
        '  1. this week: look',
      ].join('\n'),
    );
  });

  it('begins with what to do first where nothing could be asked', () => {
    const absent = [
      finding('a', notAsked('not there', 'Sign in: gcloud auth login.')),
      finding('b', notAsked('b', 'c')),
    ];
    const said = describeReport(reportOf(absent), picocolors.createColors(false));
    expect(said.split('\n')[0]).toBe('Nothing could be asked yet. Sign in: gcloud auth login.');
  });

  it('has colours where they are wanted', () => {
    expect(describeReport(reportOf(findings), picocolors.createColors(true))).toContain('\u001B[32m✓');
  });
});

it('is for programs in the form that the README promises', () => {
  const report = reportOf([finding('a', unwell('now', 'b', 'do')), finding('c', well('d'))]);
  expect(DoctorReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  expect(report).toMatchObject({
    v: 1,
    counts: { well: 1, unwell: 1, notAsked: 0 },
    findings: [{ id: 'queues/a', verdict: 'unwell', nextStep: 'do', urgency: 'now' }, { verdict: 'well' }],
  });
});

it('shortens what a vendor made long', () => {
  expect(well('x'.repeat(100_000)).figure).toHaveLength(401);
});
