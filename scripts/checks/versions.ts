/** Finds dependencies that are not pinned once and for all in the workspace's catalog. Pure. */
export interface Manifest {
  /** Where it stands, for the message. */
  readonly path: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

export interface Pins {
  readonly manifests: readonly Manifest[];
  /** Name to version, as `pnpm-workspace.yaml` has it. */
  readonly catalog: Readonly<Record<string, string>>;
  /** Every `name@version` of the lockfile. */
  readonly locked: readonly string[];
}

const EXACT_VERSION = /^\d+\.\d+\.\d+(?:-[0-9a-z.]+)?$/u;

export function findVersionDrift(pins: Pins): string[] {
  return [...unpinnedDependencies(pins), ...looseCatalogEntries(pins), ...duplicates(pins)];
}

function unpinnedDependencies({ manifests, catalog }: Pins): string[] {
  return manifests.flatMap(({ path, dependencies }) =>
    Object.entries(dependencies).flatMap(([name, range]) => {
      if (range === 'workspace:*') return [];
      if (range !== 'catalog:') return [`${path}: ${name} is "${range}"; it has to be "catalog:" or "workspace:*"`];
      return name in catalog ? [] : [`${path}: ${name} is not in the catalog of pnpm-workspace.yaml`];
    }),
  );
}

function looseCatalogEntries({ catalog }: Pins): string[] {
  return Object.entries(catalog).flatMap(([name, version]) =>
    EXACT_VERSION.test(version) ? [] : [`pnpm-workspace.yaml: ${name} is "${version}"; it has to be one exact version`],
  );
}

/** Two copies of these disagree about what is an instance of their classes, or start a second runtime. */
const ONE_COPY = [
  '@google-cloud/firestore',
  '@google-cloud/pubsub',
  'miniflare',
  'typescript',
  'vitest',
  'workerd',
  'zod',
];

function duplicates({ locked }: Pins): string[] {
  return ONE_COPY.flatMap(name => {
    const versions = locked.filter(entry => entry.startsWith(`${name}@`)).map(entry => entry.slice(name.length + 1));
    return versions.length <= 1 ? [] : [`pnpm-lock.yaml: ${name} gets installed as ${versions.join(' and ')}`];
  });
}
