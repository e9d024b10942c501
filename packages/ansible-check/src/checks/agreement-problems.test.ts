import { expect, test } from 'vitest';
import { type AnsibleValues, agreementProblems, TerraformValues } from './agreement-problems.ts';

const terraform = TerraformValues.parse({
  domain: 'example.com',
  hostnames: {
    chat: 'chat.example.com',
    login: 'login.example.com',
    guesty_webhook: 'guesty.example.com',
    aircall_webhook: 'aircall.example.com',
    llm_query: 'questions.example.com',
  },
  alerts: { emails: ['operations@example.com'] },
  google: { project_id: 'innkeeper-prod' },
  hetzner: {
    nodes_ip_range: '10.30.1.0/24',
    backup_ip_range: '10.30.2.0/24',
    ssh_source_cidrs: ['203.0.113.0/29'],
    web_source_cidrs: ['198.51.100.0/24', '2001:db8::/32'],
    nodes: { one: { ip: '10.30.1.11' } },
  },
});
const ansible: AnsibleValues = {
  servers: { one: '10.30.1.11' },
  variables: {
    common_domain: 'example.com',
    common_nodes_cidr: '10.30.1.0/24',
    common_backup_cidr: '10.30.2.0/24',
    common_ssh_sources: ['203.0.113.0/29'],
    common_google_project: 'innkeeper-prod',
    rocketchat_host: 'chat.example.com',
    keycloak_host: 'login.example.com',
    mongo_listener_questions_url: 'https://questions.example.com/questions',
    sync_app_guesty_webhook_origin: 'https://guesty.example.com',
    sync_app_aircall_webhook_origin: 'https://aircall.example.com',
    netdata_email: 'operations@example.com',
    traefik_trusted_proxies: ['198.51.100.0/24'],
  },
};

test('two that say the same agree', () => {
  expect(agreementProblems('prod', ansible, terraform)).toEqual([]);
});

test.each([...Object.keys(ansible.variables), 'the servers'])('%s that differs is told', name => {
  const changed = { servers: ansible.servers, variables: { ...ansible.variables, [name]: 'another' } };
  const other = name === 'the servers' ? { ...ansible, servers: { one: '10.30.1.12' } } : changed;
  expect(agreementProblems('prod', other, terraform)).toHaveLength(1);
  expect(agreementProblems('prod', other, terraform)[0]).toContain(`prod: ${name}: `);
});
