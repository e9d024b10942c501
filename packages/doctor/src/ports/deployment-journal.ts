import type { Deployment } from '@innkeeper/deployment/deploy/deployment';
import type { Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';

/** What `./dev deploy` noted of the environment’s newest deployment. */
export interface DeploymentJournal {
  /** `undefined` where nothing was ever deployed by it. */
  newest(): Promise<Result<Deployment | undefined, AskError>>;
}
