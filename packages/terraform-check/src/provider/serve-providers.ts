import { ALL_RULES } from '../rules/all-rules.ts';
import { readSchemas } from '../schema/read-schemas.ts';
import { KNOWN_ANSWERS } from './known-answers.ts';
import { Provider } from './provider.ts';
import { type ServedProvider, serveProvider } from './serve-provider.ts';

/** All providers of this repository, served until `stop`. */
export interface ServedProviders {
  /** For the environment of a Terraform process that is to use these instead of real ones. */
  readonly reattach: string;
  readonly stop: () => void;
}

export async function serveProviders(): Promise<ServedProviders> {
  const providers = readSchemas().map(schema => new Provider(schema, ALL_RULES, KNOWN_ANSWERS));
  const served = await Promise.all(providers.map(serveProvider));
  return { reattach: reattachOf(served), stop: () => served.forEach(({ stop }) => stop()) };
}

const reattachOf = (served: readonly ServedProvider[]): string =>
  JSON.stringify(
    Object.fromEntries(
      served.map(({ name, port }) => [
        name,
        {
          Protocol: 'grpc',
          ProtocolVersion: 6,
          Pid: process.pid,
          Test: true,
          Addr: { Network: 'tcp', String: `127.0.0.1:${port}` },
        },
      ]),
    ),
  );
