import { describe, expect, it } from 'vitest';
import { environmentOf } from './program-environment.ts';

const environment = {
  PATH: '/bin',
  HOME: '/home/ada',
  HCLOUD_TOKEN: 'hetzner',
  CLOUDFLARE_API_TOKEN: 'makes tokens',
  CLOUDFLARE_WORKERS_TOKEN: 'deploys Workers',
  TF_VAR_webhook_password: 'password',
  SSH_AUTH_SOCK: '/run/agent',
  GITHUB_TOKEN: 'nobody’s business',
};

describe('environmentOf', () => {
  it('gives wrangler the token for Workers alone', () => {
    expect(environmentOf('wrangler', environment)).toEqual({
      PATH: '/bin',
      HOME: '/home/ada',
      CLOUDFLARE_API_TOKEN: 'deploys Workers',
    });
  });

  it('gives Terraform what it applies with', () => {
    expect(environmentOf('terraform', environment)).toEqual({
      PATH: '/bin',
      HOME: '/home/ada',
      HCLOUD_TOKEN: 'hetzner',
      CLOUDFLARE_API_TOKEN: 'makes tokens',
      TF_VAR_webhook_password: 'password',
    });
  });

  it.each(['gcloud', 'git', 'node'] as const)('gives %s no secret at all', program => {
    expect(environmentOf(program, environment)).toEqual({ PATH: '/bin', HOME: '/home/ada' });
  });
});
