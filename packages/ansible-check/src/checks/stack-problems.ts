import * as z from 'zod';

/** What every service of a stack has to say for itself. Pure; that Docker can read the file is Docker's to say. */
const Service = z.looseObject({
  image: z.string(),
  user: z.string().optional(),
  secrets: z.array(z.looseObject({ source: z.string(), uid: z.string().optional() })).optional(),
  healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.null()])).optional(),
  deploy: z
    .looseObject({
      resources: z
        .looseObject({
          limits: z.looseObject({ memory: z.unknown().optional(), pids: z.unknown().optional() }).optional(),
        })
        .optional(),
      update_config: z.looseObject({ failure_action: z.string().optional(), order: z.string().optional() }).optional(),
      rollback_config: z.looseObject({}).optional(),
      restart_policy: z.looseObject({}).optional(),
      labels: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
});
export const Stack = z.looseObject({
  services: z.record(z.string(), Service),
  networks: z
    .record(z.string(), z.looseObject({ driver_opts: z.record(z.string(), z.string()).optional() }))
    .optional(),
});
export type Stack = z.infer<typeof Stack>;

const SECRET_VARIABLE = /(PASSWORD|SECRET|TOKEN|_KEY|_URI)$/u;
const OVERLAY_MTU_MAX = 1400;

export function stackProblems(name: string, { services, networks }: Stack): string[] {
  return [
    ...Object.entries(services).flatMap(([service, { healthcheck, deploy, environment, user, secrets }]) => [
      ...(healthcheck === undefined ? [`${service}: no health check`] : []),
      ...(deploy?.resources?.limits?.memory === undefined ? [`${service}: no memory limit`] : []),
      ...(deploy?.resources?.limits?.pids === undefined ? [`${service}: no limit of processes`] : []),
      ...(deploy?.update_config?.failure_action === 'rollback'
        ? []
        : [`${service}: a failed update is not rolled back`]),
      ...(deploy?.rollback_config === undefined ? [`${service}: says not how it is rolled back`] : []),
      ...(deploy?.restart_policy === undefined ? [`${service}: says not when it is restarted`] : []),
      ...Object.keys(environment ?? {})
        .filter(variable => SECRET_VARIABLE.test(variable))
        .map(variable => `${service}: ${variable} is a secret in the environment`),
      ...(secrets ?? [])
        .filter(({ uid = '0' }) => user !== undefined && uid !== user.split(':')[0])
        .map(({ source }) => `${service}: ${source} is not its user's, who cannot read it`),
    ]),
    ...Object.entries(networks ?? {})
      .filter(([, network]) => network['external'] !== true)
      .filter(([, { driver_opts: options }]) => !fits(options?.['com.docker.network.driver.mtu']))
      .map(([network]) => `network ${network}: its MTU is not ${OVERLAY_MTU_MAX} or less, so large packets vanish`),
  ].map(problem => `${name}: ${problem}`);
}

const fits = (mtu: string | undefined): boolean => mtu !== undefined && Number(mtu) <= OVERLAY_MTU_MAX;

/** `[label, value]` of all services. */
export const labelsOf = ({ services }: Stack): [string, string][] =>
  Object.values(services).flatMap(({ deploy }) => Object.entries(deploy?.labels ?? {}));
