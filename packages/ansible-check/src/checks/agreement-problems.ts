import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';

/** Whether Ansible's variables of an environment say what Terraform's values say of the same things. Pure. */
export const TerraformValues = z.looseObject({
  domain: z.string(),
  hostnames: z.looseObject({
    chat: z.string(),
    login: z.string(),
    guesty_webhook: z.string(),
    aircall_webhook: z.string(),
    llm_query: z.string(),
  }),
  alerts: z.looseObject({ emails: z.array(z.string()).min(1) }),
  google: z.looseObject({ project_id: z.string() }),
  hetzner: z.looseObject({
    nodes_ip_range: z.string(),
    backup_ip_range: z.string(),
    ssh_source_cidrs: z.array(z.string()),
    web_source_cidrs: z.array(z.string()),
    nodes: z.record(z.string(), z.looseObject({ ip: z.string() })),
  }),
});
export type TerraformValues = z.infer<typeof TerraformValues>;

export interface AnsibleValues {
  /** Private address of each server by its name. */
  readonly servers: Readonly<Record<string, string>>;
  /** Those of the environment and of all. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export function agreementProblems(environment: string, ansible: AnsibleValues, terraform: TerraformValues): string[] {
  const { variables, servers } = ansible;
  const { hetzner, hostnames, google, domain, alerts } = terraform;
  const nodes = Object.fromEntries(Object.entries(hetzner.nodes).map(([name, { ip }]) => [name, ip]));
  const pairs: [string, unknown, unknown][] = [
    ['the servers', servers, nodes],
    ['common_domain', variables['common_domain'], domain],
    ['common_nodes_cidr', variables['common_nodes_cidr'], hetzner.nodes_ip_range],
    ['common_backup_cidr', variables['common_backup_cidr'], hetzner.backup_ip_range],
    ['common_ssh_sources', variables['common_ssh_sources'], hetzner.ssh_source_cidrs],
    ['common_google_project', variables['common_google_project'], google.project_id],
    ['rocketchat_host', variables['rocketchat_host'], hostnames.chat],
    ['keycloak_host', variables['keycloak_host'], hostnames.login],
    // The zone lets no other path of this Worker through.
    [
      'mongo_listener_questions_url',
      variables['mongo_listener_questions_url'],
      `https://${hostnames.llm_query}/questions`,
    ],
    [
      'sync_app_guesty_webhook_origin',
      variables['sync_app_guesty_webhook_origin'],
      `https://${hostnames.guesty_webhook}`,
    ],
    [
      'sync_app_aircall_webhook_origin',
      variables['sync_app_aircall_webhook_origin'],
      `https://${hostnames.aircall_webhook}`,
    ],
    ['netdata_email', variables['netdata_email'], alerts.emails[0]],
    [
      'traefik_trusted_proxies',
      variables['traefik_trusted_proxies'],
      hetzner.web_source_cidrs.filter(cidr => !cidr.includes(':')),
    ],
  ];
  return pairs
    .filter(([, ours, theirs]) => !isDeepStrictEqual(ours, theirs))
    .map(
      ([name, ours, theirs]) =>
        `${environment}: ${name}: ${JSON.stringify(ours)}, Terraform has ${JSON.stringify(theirs)}`,
    );
}
