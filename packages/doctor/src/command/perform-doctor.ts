import { readEnvironment } from '@innkeeper/deployment/environment/read-environment';
import { readManifest } from '@innkeeper/deployment/functions/manifest';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import type { Output } from '@innkeeper/sync-app/command-line/run-command';
import picocolors from 'picocolors';
import { VENDORS } from '../asking/vendors.ts';
import { allChecks } from '../checks/all-checks.ts';
import { judgeStanding } from '../checks/credentials.ts';
import { DoctorConfig } from '../config.ts';
import { addressesOf } from '../connect/addresses-of.ts';
import { connect, type Outside } from '../connect/connections.ts';
import { openWorld } from '../connect/open-world.ts';
import { CREDENTIAL_TITLES, CREDENTIALS, probeCredentials, type Standings } from '../connect/probe-credentials.ts';
import { expectedOf } from '../expected/expected.ts';
import { describeReport } from '../report/describe-report.ts';
import type { Finding } from '../report/finding.ts';
import { nameEnvironment } from '../report/name-environment.ts';
import { summarise } from '../report/summarise.ts';
import { writeReport } from '../report/write-report.ts';
import { type Alarm, runChecks } from '../run/run-checks.ts';
import type { DoctorOrder } from './read-doctor-order.ts';

/** `./dev doctor`: credentials first, then every check that they open, all at once. I/O: files, and everybody asked. */
export interface DoctorContext extends Outside {
  /** The repository. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly alarm: Alarm;
  readonly out: Output;
  readonly err: Output;
}

/** Length of a vector of the model that production embeds with; another one is configured. */
const DIMENSIONS_DEFAULT = 1024;

export async function performDoctor(order: DoctorOrder, context: DoctorContext): Promise<0 | 1 | 2> {
  const config = parseConfig('doctor', DoctorConfig, context.environment);
  const values = await readEnvironment(context.root, order.environment);
  if (!values.ok) return refuse(context, values.error.sentence);
  const manifest = await readManifest(context.root);
  if (!manifest.ok) return refuse(context, manifest.error.sentence);

  const now = context.now();
  const expected = expectedOf(values.value, Object.keys(manifest.value));
  const addresses = addressesOf(config, expected);
  const connections = connect(config, expected, addresses, context);
  const standings = await probeCredentials(connections, context.alarm);
  const dimensions = config.EMBEDDINGS_DIMENSIONS ?? DIMENSIONS_DEFAULT;
  const checks = allChecks(openWorld(connections, standings), expected, addresses, { now, dimensions });
  const asked = checks.filter(({ group }) => order.groups.includes(group));
  const general = [
    ...(order.groups.includes('credentials') ? credentialFindings(standings, now) : []),
    ...(await runChecks(asked, context)),
  ];

  const found = nameEnvironment(general, expected);
  const summary = summarise(found);
  const about = { environment: expected.environment, askedAt: now, notes: addresses.notes };
  const report = writeReport(about, found, summary);
  const colors = picocolors.createColors(context.out.isTTY === true);
  context.out.write(`${order.json ? JSON.stringify(report, undefined, 2) : describeReport(report, colors)}\n`);
  if (summary.exitCode === 2)
    context.err.write('Nothing could be asked: no credential is there, and nothing is deployed.\n');
  return summary.exitCode;
}

const credentialFindings = (standings: Standings, now: Date): Finding[] =>
  CREDENTIALS.map(name => ({
    id: `credentials/${name}`,
    group: 'credentials',
    title: CREDENTIAL_TITLES[name],
    verdict: judgeStanding(standings[name], VENDORS[name], now),
  }));

function refuse({ err }: DoctorContext, sentence: string): 2 {
  err.write(`${sentence}\n`);
  return 2;
}
