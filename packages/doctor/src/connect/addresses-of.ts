import type { RecordSource } from '@innkeeper/shared/domain/ids';
import type { DoctorConfig } from '../config.ts';
import type { Expected } from '../expected/expected.ts';

/** Where everything of an environment is asked: by its own names, unless the configuration says otherwise. Pure. */
export interface AskedAddresses {
  readonly origins: Readonly<Record<RecordSource, string>>;
  readonly rocketchat: string;
  readonly questionsUrl: string;
  readonly vault: string;
  /** What to ask for an answer, by host name. */
  readonly health: ReadonlyMap<string, string>;
  /** A sentence for each address that is not the environment’s own. */
  readonly notes: readonly string[];
}

const OVERRIDES = [
  'GUESTY_WEBHOOK_ORIGIN',
  'AIRCALL_WEBHOOK_ORIGIN',
  'LLM_QUERY_ORIGIN',
  'VAULT_URL',
  'ROCKETCHAT_URL',
] as const satisfies readonly (keyof DoctorConfig)[];

export function addressesOf(config: DoctorConfig, { hostnames }: Expected): AskedAddresses {
  const guesty = config.GUESTY_WEBHOOK_ORIGIN ?? `https://${hostnames.guesty_webhook}`;
  const aircall = config.AIRCALL_WEBHOOK_ORIGIN ?? `https://${hostnames.aircall_webhook}`;
  const llmQuery = config.LLM_QUERY_ORIGIN ?? `https://${hostnames.llm_query}`;
  const vault = config.VAULT_URL ?? `https://${hostnames.backup_vault}`;
  const rocketchat = config.ROCKETCHAT_URL ?? `https://${hostnames.chat}`;
  const named = OVERRIDES.flatMap(name => {
    const url = config[name];
    return url === undefined ? [] : [`${name} is set: asked at ${new URL(url).host}.`];
  });
  const emulator = config.FIRESTORE_EMULATOR_HOST;
  return {
    origins: { guesty, aircall },
    rocketchat,
    questionsUrl: `https://${hostnames.llm_query}/questions`,
    vault,
    health: new Map([
      [hostnames.chat, `${rocketchat}/api/info`],
      [hostnames.login, `https://${hostnames.login}/robots.txt`],
      [hostnames.guesty_webhook, `${guesty}/healthz`],
      [hostnames.aircall_webhook, `${aircall}/healthz`],
      [hostnames.llm_query, `${llmQuery}/healthz`],
      [hostnames.backup_vault, `${vault}/healthz`],
      [hostnames.log_forwarder, `https://${hostnames.log_forwarder}/healthz`],
    ]),
    notes: [
      ...named,
      ...(emulator === undefined ? [] : [`FIRESTORE_EMULATOR_HOST is set: documents are read from ${emulator}.`]),
    ],
  };
}
