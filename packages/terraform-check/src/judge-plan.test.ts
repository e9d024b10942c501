import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judgePlan } from './judge-plan.ts';
import { folderOf } from './testing/folder-of.ts';

const ADDRESS = 'module.swarm.hcloud_server.nodes["a"]';
const judge = (text: string) => {
  const folder = folderOf({
    'environments/prod/main.tf': 'module "swarm" {\n  source = "../../modules/swarm"\n}\n',
    'modules/swarm/main.tf': '\nresource "hcloud_server" "nodes" {\n}\n',
    'plan.json': text,
  });
  return judgePlan({ folder, file: join(folder, 'plan.json'), environment: 'prod' });
};
const plan = (rest: object): string => JSON.stringify({ timestamp: '2026-11-22T00:00:00Z', ...rest });

test.each([
  ['no JSON', /plan\.json is no plan: make it by terraform show -json <saved plan>\. .*JSON/u],
  ['{"format_version":"1.2"}', /is no plan: .*timestamp/su],
  [plan({ errored: true }), /is a plan that ended with errors: mend them and plan again\.$/u],
  [
    plan({ variables: { environment: { value: 'staging' } } }),
    /is a plan of "staging", not of prod: plan that one, or name this\.$/u,
  ],
])('%s is refused by a sentence', async (text, sentence) => {
  expect(await judge(text)).toEqual({ ok: false, error: expect.stringMatching(sentence) as unknown });
});

test('what is judged has its resource, its place and the next step apart', async () => {
  const changes = [
    {
      address: ADDRESS,
      module_address: 'module.swarm',
      mode: 'managed',
      type: 'hcloud_server',
      name: 'nodes',
      change: {
        actions: ['delete', 'create'],
        before: { name: 'a' },
        after: { name: 'a' },
        replace_paths: [['location']],
      },
    },
  ];
  const judged = await judge(plan({ variables: { environment: { value: 'prod' } }, resource_changes: changes }));
  expect(judged).toMatchObject({
    ok: true,
    value: {
      judgement: {
        environment: 'prod',
        madeAt: '2026-11-22T00:00:00Z',
        changes: { created: 0, updated: 0, replaced: 1, destroyed: 0, forgotten: 0 },
      },
      found: { counted: { resources: 1 } },
    },
  });
  const violations = judged.ok ? judged.value.judgement.violations : [];
  expect(violations.find(({ policy }) => policy === 'No plan destroys what holds data')).toEqual({
    policy: 'No plan destroys what holds data',
    resource: ADDRESS,
    declared: { file: 'modules/swarm/main.tf', line: 2 },
    what: 'The plan replaces it because of location, and with it its disk, with its part of the databases and files.',
    why: 'Destroyed data does not return, and a replacement starts empty.',
    next:
      'Undo the change of location. ' +
      'Where it is meant, a person saves the data and does it by hand (terraform/README.md, Teardown).',
  });
  expect(judged.ok ? judged.value.found.problems : []).toContainEqual(
    expect.stringMatching(/^modules\/swarm\/main\.tf:2 module\.swarm\..* Next: Undo the change of location\./u),
  );
});
