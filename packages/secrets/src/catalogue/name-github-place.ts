import type { EnvironmentName } from '@innkeeper/deployment/environment/environment-values';
import type { GithubPlace } from './secret-entry.ts';

/** `prod-plan` of `ENV-plan`. Pure. */
export const nameGithubPlace = (place: GithubPlace, environment: EnvironmentName): string =>
  place.replace('ENV', environment);
