import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import * as z from 'zod';

/** What Terraform and Ansible both have to be told of an environment, read from both. */
const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const Values = z.object({
  domain: z.string(),
  hostnames: z.record(z.string(), z.string()),
  hetzner: z.object({
    nodes_ip_range: z.string(),
    backup_ip_range: z.string(),
    ssh_source_cidrs: z.array(z.string()),
    nodes: z.record(z.string(), z.object({ ip: z.string() })),
  }),
  google: z.object({ project_id: z.string() }),
});
const valuesOf = (environment: string): z.infer<typeof Values> =>
  Values.parse(JSON.parse(read(`terraform/environments/${environment}/terraform.tfvars.json`)));

const Hosts = z.object({
  all: z.object({
    children: z.record(
      z.string(),
      z
        .object({
          children: z
            .object({
              swarm: z.object({ hosts: z.record(z.string(), z.object({ common_private_address: z.string() })) }),
            })
            .optional(),
        })
        .nullable(),
    ),
  }),
});

const ENVIRONMENTS = ['dev', 'staging', 'prod'];

it("gives each environment a domain that is neither another one's nor below it", () => {
  const domains = ENVIRONMENTS.map(environment => valuesOf(environment).domain);
  for (const domain of domains) {
    expect(domains.filter(other => other === domain || other.endsWith(`.${domain}`))).toEqual([domain]);
  }
});

describe.each(ENVIRONMENTS)('the values of %s', environment => {
  const values = valuesOf(environment);
  const group = (file: string): Record<string, unknown> =>
    z.record(z.string(), z.unknown()).parse(parseYaml(read(`ansible/group_vars/${environment}/${file}.yml`)));

  it('are those of the Ansible inventory', () => {
    const hosts = Hosts.parse(parseYaml(read(`ansible/inventory/${environment}/hosts.yml`)));
    const swarm = hosts.all.children[environment]?.children?.swarm.hosts ?? {};
    expect(
      Object.fromEntries(Object.entries(swarm).map(([name, host]) => [name, host.common_private_address])),
    ).toEqual(Object.fromEntries(Object.entries(values.hetzner.nodes).map(([name, { ip }]) => [name, ip])));
    expect(group('common')).toMatchObject({
      common_domain: values.domain,
      common_nodes_cidr: values.hetzner.nodes_ip_range,
      common_backup_cidr: values.hetzner.backup_ip_range,
      common_ssh_sources: values.hetzner.ssh_source_cidrs,
      common_google_project: values.google.project_id,
    });
    expect(group('rocketchat')['rocketchat_host']).toBe(values.hostnames['chat']);
    expect(group('keycloak')['keycloak_host']).toBe(values.hostnames['login']);
  });

  it('lie beside a state in their own project’s bucket, which deployments take for theirs too', () => {
    const backend = read(`terraform/environments/${environment}/backend.tf`);
    expect(backend).toContain(`bucket = "${values.google.project_id}-tfstate"`);
    expect(backend).toContain(`prefix = "${environment}"`);
  });

  it('have the same composition as every other environment', () => {
    for (const file of globSync('*.tf', { cwd: join(ROOT, 'terraform/composition') })) {
      expect(read(`terraform/environments/${environment}/${file}`)).toBe(read(`terraform/composition/${file}`));
    }
  });
});
