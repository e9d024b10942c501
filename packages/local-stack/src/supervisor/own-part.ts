import type { Connections } from './connections.ts';
import { local } from './connections.ts';
import type { Part } from './part.ts';
import { nodeFlags, type ProgramName, type Programs } from './programs.ts';

/** What the parts of this repository have in common: one Node program each, told things by its environment. */
export interface OwnPart {
  readonly name: ProgramName;
  readonly listedAs?: readonly string[];
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly configuration?: Part['configuration'];
  readonly health?: readonly string[];
  /** False for a deployable, which knows nothing of this stack. */
  readonly hasControl?: boolean;
  readonly dependsOn?: readonly string[];
}

/** A process of this package answers `/_control/health`; a deployable has a health address of its own. */
export function ownPart(programs: Programs, about: OwnPart): Part {
  const { name, port, configuration } = about;
  return {
    name,
    listedAs: about.listedAs ?? [name],
    command: process.execPath,
    args: [...nodeFlags(name), programs[name]],
    environment: { PORT: String(port), ...about.environment },
    ...(configuration === undefined ? {} : { configuration }),
    health:
      about.hasControl === false ? (about.health ?? []) : [`${local(port)}/_control/health`, ...(about.health ?? [])],
    dependsOn: about.dependsOn ?? [],
  };
}

export const botVariables = (rocketchat: Connections['rocketchat']) => ({
  ROCKETCHAT_USER_ID: rocketchat.userId,
  ROCKETCHAT_AUTH_TOKEN: rocketchat.authToken,
  ROCKETCHAT_BOT_USERNAME: rocketchat.username,
});

export function embeddingsVariables(embeddings: Connections['embeddings']): Record<string, string> {
  return {
    EMBEDDINGS_PROVIDER: embeddings.provider === 'local' ? 'openai-compatible' : embeddings.provider,
    EMBEDDINGS_URL: embeddings.url,
    ...present({
      EMBEDDINGS_MODEL: embeddings.model,
      EMBEDDINGS_DIMENSIONS: embeddings.dimensions,
      EMBEDDINGS_API_KEY: embeddings.apiKey,
    }),
  };
}

export const present = (variables: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
