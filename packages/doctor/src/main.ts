import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readSecretFiles } from '@innkeeper/shared/adapters/node/read-secret-files';
import { ConfigError } from '@innkeeper/shared/config/parse-config';
import { defaultGoogleCredential } from './adapters/default-google-credential.ts';
import { nodeTlsEndpoints } from './adapters/node-tls-endpoints.ts';
import { performDoctor } from './command/perform-doctor.ts';
import { readDoctorOrder } from './command/read-doctor-order.ts';
import { SECRET_NAMES } from './config.ts';

/** `./dev doctor`: what is asked and answered; see `command/read-doctor-order.ts`. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Google's library looks whether this is one of Google's machines: without asking a network that is not Google's. */
process.env['METADATA_SERVER_DETECTION'] ??= 'bios-only';

const asked = readDoctorOrder(process.argv.slice(2));
if (!asked.ok) {
  console.error(`${asked.error.sentence}\n\n${asked.error.help}`);
  process.exitCode = 2;
} else if (asked.value.kind === 'help') {
  console.log(asked.value.text);
} else {
  const code = await examine(asked.value.order);
  // Whoever was given up is not waited for: a silent connection would keep this process.
  process.stdout.write('', () => process.exit(code));
}

async function examine(order: Parameters<typeof performDoctor>[0]): Promise<0 | 1 | 2> {
  try {
    return await performDoctor(order, {
      root: ROOT,
      environment: readSecretFiles(SECRET_NAMES, process.env),
      fetch,
      tls: nodeTlsEndpoints(),
      google: defaultGoogleCredential(),
      now: () => new Date(),
      pause: delay,
      alarm: (ms, signal) => delay(ms, undefined, { signal }),
      out: process.stdout,
      err: process.stderr,
    });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    return 2;
  }
}
