import { baseUrl, secret } from '@innkeeper/shared/config/parse-config';
import { MongoClient } from 'mongodb';
import * as z from 'zod';
import type { Backing } from './suites.ts';

/** The real servers, by the variables that name them. */
export const Services = z.object({
  MONGODB_URI: secret('address of a replica set: mongodb://…/?replicaSet=…'),
  QDRANT_URL: baseUrl('address of Qdrant'),
  QDRANT_API_KEY: secret('its full key'),
  QDRANT_READ_ONLY_API_KEY: secret('its key that may only read'),
  ROCKETCHAT_URL: baseUrl('address of Rocket.Chat'),
  ROCKETCHAT_USER_ID: z.string({ error: 'missing (id of the bot’s user)' }),
  ROCKETCHAT_AUTH_TOKEN: secret('personal access token of the bot'),
  ROCKETCHAT_ADMIN_USER_ID: z.string({ error: 'missing (id of an administrator’s user)' }),
  ROCKETCHAT_ADMIN_AUTH_TOKEN: secret('token of that administrator'),
});
export type Services = z.infer<typeof Services>;

export const SERVICE_VARIABLES = Object.keys(Services.shape);

const SERVED: ReadonlySet<Backing> = new Set(['MongoDB', 'Qdrant', 'Rocket.Chat']);

/** Whether a suite on this runs on a real server at night. */
export const isServed = (on: Backing): boolean => SERVED.has(on);

/** What must stand in no issue: the secrets, and the passwords within addresses. Pure. */
export function secretsIn(environment: Readonly<Record<string, string | undefined>>): string[] {
  const found: string[] = [];
  for (const [name, value = ''] of Object.entries(environment)) {
    if (!/KEY|TOKEN|PASSWORD|SECRET|_URI$/u.test(name)) continue;
    found.push(value);
    if (URL.canParse(value)) found.push(decodeURIComponent(new URL(value).password));
  }
  return found.filter(value => value !== '');
}

const ANSWER_MS_MAX = 10_000;

/** A sentence for each server that does not answer: a failed night then, and no divergence. I/O. */
export async function findSilentServices(services: Services): Promise<string[]> {
  const silent = await Promise.all([
    isMongoThere(services.MONGODB_URI.reveal(), 'MONGODB_URI'),
    isPageThere(`${services.QDRANT_URL}/readyz`, 'QDRANT_URL'),
    isPageThere(
      `${services.ROCKETCHAT_URL}/api/v1/users.info?userId=${services.ROCKETCHAT_USER_ID}`,
      'ROCKETCHAT_URL',
      {
        'x-user-id': services.ROCKETCHAT_USER_ID,
        'x-auth-token': services.ROCKETCHAT_AUTH_TOKEN.reveal(),
      },
    ),
  ]);
  return silent.filter(sentence => sentence !== undefined);
}

async function isPageThere(
  url: string,
  variable: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  try {
    const { status } = await fetch(url, { headers, signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    return status === 200 ? undefined : `${variable}: the server there answered ${status}.`;
  } catch {
    return `${variable}: nothing answers there.`;
  }
}

async function isMongoThere(uri: string, variable: string): Promise<string | undefined> {
  let client: MongoClient | undefined;
  try {
    client = new MongoClient(uri, { serverSelectionTimeoutMS: ANSWER_MS_MAX });
    const { setName } = await client.db('admin').command({ hello: 1 });
    return typeof setName === 'string' ? undefined : `${variable}: the server there is no replica set.`;
  } catch {
    return `${variable}: no replica set answers there.`;
  } finally {
    await client?.close();
  }
}
