import { GoogleTokenKeeper } from '@innkeeper/shared/adapters/cloudflare/google-token-keeper';
import { LOG_WRITING_SCOPE } from '@innkeeper/shared/adapters/google-auth/google-scope';

/** The keeper of the other Workers, for a token that writes logs and reaches nothing else. */
export class LogTokenKeeper extends GoogleTokenKeeper {
  constructor(context: DurableObjectState, environment: Record<string, unknown>) {
    super(context, environment, LOG_WRITING_SCOPE);
  }
}
