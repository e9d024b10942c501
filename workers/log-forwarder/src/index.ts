import { durableAccessTokens } from '@innkeeper/shared/adapters/cloudflare/durable-access-tokens';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { nameVersion, type VersionBinding } from '@innkeeper/shared/http-edge/name-version';
import { createLog } from '@innkeeper/shared/log/log';
import { createHealth } from './answer-health.ts';
import { cloudLogging } from './cloud-logging.ts';
import { Config } from './config.ts';
import { forwardEvents } from './forward-events.ts';
import type { LogTokenKeeper } from './log-token-keeper.ts';

export { LogTokenKeeper } from './log-token-keeper.ts';

/** Bindings as `wrangler.jsonc` names them; the rest of the environment is parsed by `config.ts`. */
interface Bindings extends VersionBinding {
  readonly GOOGLE_TOKEN: DurableObjectNamespace<LogTokenKeeper>;
}

/** One object keeps the token of the whole fleet. */
const OBJECT_NAME = 'fleet';

/** Wired once per isolate: the configuration cannot change under a running one. */
let wired: ReturnType<typeof wire> | undefined;

function wire(bindings: Bindings) {
  const config = parseConfig('log-forwarder', Config, { ...bindings });
  const { ENVIRONMENT_NAME: environment } = config;
  const now = () => Date.now();
  const logging = cloudLogging({
    baseUrl: config.LOGGING_BASE_URL,
    project: config.google.project,
    environment,
    tokens: durableAccessTokens({
      keeper: refused => bindings.GOOGLE_TOKEN.getByName(OBJECT_NAME).issuedToken(refused),
      now,
    }),
    fetch: (...call) => fetch(...call),
    sleep: ms => scheduler.wait(ms),
  });
  const log = createLog('log-forwarder', line => console.error(line)); // It has nothing to say but failures.
  return {
    answerHealth: createHealth({ logging, now }),
    forward: (events: readonly unknown[]) => forwardEvents(events, { logging, log, environment, now }),
  };
}

export default {
  fetch: async (request, bindings) => nameVersion(await (wired ??= wire(bindings)).answerHealth(request), bindings),
  tail: (events, bindings, context) => context.waitUntil((wired ??= wire(bindings)).forward(events)),
} satisfies ExportedHandler<Bindings>;
