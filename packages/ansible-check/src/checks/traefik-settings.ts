import * as z from 'zod';

/**
 * What of Traefik 3's settings we use, closed: Traefik itself ends at an unknown key of its static settings and leaves
 * out a dynamic one it does not know, which would be a middleware that does nothing. Written from its documentation;
 * it publishes no schema of this version. `buffering` is left out on purpose: it writes all of a body to the disk
 * first, answers included. Pure.
 */
const Duration = z.string().regex(/^\d+(ms|s|m|h)$/u);
const Address = z.string().regex(/^[\d.]*:\d+$/u);

const EntryPoint = z.strictObject({
  address: Address,
  asDefault: z.boolean().optional(),
  http: z
    .strictObject({
      redirections: z
        .strictObject({
          entryPoint: z.strictObject({ to: z.string(), scheme: z.literal('https'), permanent: z.boolean() }),
        })
        .optional(),
      tls: z.strictObject({}).optional(),
      middlewares: z.array(z.string().regex(/^[\w-]+@file$/u)).optional(),
    })
    .optional(),
  forwardedHeaders: z.strictObject({ trustedIPs: z.array(z.union([z.cidrv4(), z.cidrv6()])) }).optional(),
  transport: z
    .strictObject({
      respondingTimeouts: z.strictObject({ readTimeout: Duration, idleTimeout: Duration }),
      lifeCycle: z.strictObject({ requestAcceptGraceTimeout: Duration, graceTimeOut: Duration }),
    })
    .optional(),
});

export const StaticSettings = z.strictObject({
  global: z.strictObject({ checkNewVersion: z.literal(false), sendAnonymousUsage: z.literal(false) }),
  log: z.strictObject({ level: z.enum(['INFO', 'WARN', 'ERROR']), format: z.literal('json') }),
  accessLog: z.strictObject({
    format: z.literal('json'),
    fields: z.strictObject({ headers: z.strictObject({ defaultMode: z.literal('drop') }) }),
  }),
  ping: z.strictObject({ entryPoint: z.string() }),
  entryPoints: z.record(z.string(), EntryPoint),
  providers: z.strictObject({
    swarm: z.strictObject({
      endpoint: z.string().regex(/^tcp:\/\/[\w-]+:\d+$/u),
      exposedByDefault: z.literal(false),
      network: z.string(),
      refreshSeconds: z.int().positive(),
    }),
    file: z.strictObject({ filename: z.string(), watch: z.literal(false) }),
  }),
});

const Middleware = z.union([
  z.strictObject({
    headers: z.strictObject({
      stsSeconds: z.int().positive(),
      stsIncludeSubdomains: z.boolean(),
      contentTypeNosniff: z.boolean(),
      referrerPolicy: z.string(),
    }),
  }),
  z.strictObject({
    rateLimit: z.strictObject({
      average: z.int().positive(),
      burst: z.int().positive(),
      period: Duration,
      sourceCriterion: z.strictObject({ requestHeaderName: z.string() }),
    }),
  }),
]);
const Certificate = z.strictObject({ certFile: z.string(), keyFile: z.string() });

export const DynamicSettings = z.strictObject({
  http: z.strictObject({ middlewares: z.record(z.string(), Middleware) }),
  tls: z.strictObject({
    certificates: z.array(Certificate).min(1),
    stores: z.record(z.string(), z.strictObject({ defaultCertificate: Certificate })),
    options: z.record(
      z.string(),
      z.strictObject({ minVersion: z.enum(['VersionTLS12', 'VersionTLS13']), sniStrict: z.boolean() }),
    ),
  }),
});

/** What Traefik's provider asks Docker for: a refused answer leaves out every service, or every task of one. */
const ASKED = ['NETWORKS', 'NODES', 'SERVICES', 'TASKS'];

/** A sentence for each switch of the proxy in front of Docker that is not as it has to be. */
export const proxyProblems = (switches: Readonly<Record<string, string | null>>): string[] => [
  ...ASKED.filter(name => switches[name] !== '1').map(name => `traefik: the socket proxy refuses ${name}`),
  ...(switches['POST'] === '0' ? [] : ['traefik: the socket proxy lets writing requests through']),
];

/** A sentence for each thing wrong, middlewares that nobody defines included. `labels`: of all services. */
export function traefikProblems(
  staticSettings: unknown,
  dynamic: unknown,
  labels: readonly [string, string][],
): string[] {
  const fixed = StaticSettings.safeParse(staticSettings);
  const changing = DynamicSettings.safeParse(dynamic);
  if (!fixed.success || !changing.success) {
    return [fixed, changing].flatMap(({ error }) =>
      error === undefined ? [] : [`traefik: ${z.prettifyError(error)}`],
    );
  }
  const points = Object.entries(fixed.data.entryPoints);
  const defined = new Set(Object.keys(changing.data.http.middlewares).map(name => `${name}@file`));
  const used = [
    ...points.flatMap(([, { http }]) => http?.middlewares ?? []),
    ...labels.filter(([name]) => name.endsWith('.middlewares')).flatMap(([, value]) => value.split(',')),
  ];
  const asked = labels.filter(([name]) => name.endsWith('.entrypoints')).flatMap(([, value]) => value.split(','));
  const names = new Set(points.map(([name]) => name));
  return [
    ...used.filter(name => !defined.has(name)).map(name => `traefik: nobody defines the middleware ${name}`),
    ...asked.filter(name => !names.has(name)).map(name => `traefik: there is no entry point ${name}`),
  ];
}
