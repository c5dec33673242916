import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { incidentNamed, versionOf } from '../testbed/incident.ts';
import { startScenario } from '../testbed/scenario.ts';
import type { ScenarioServer } from '../testbed/scenario.ts';
import { describeRight, makeUser, rightsIn, rightsOfView } from '../testbed/users.ts';
import type { Right, User } from '../testbed/users.ts';

let server: ScenarioServer;
let user: User;

const EVERYTHING: readonly Right[] = [
  { group: '', resource: 'services', verb: 'list', namespace: undefined, name: undefined },
  { group: '', resource: 'pods', verb: 'list', namespace: undefined, name: undefined },
  { group: '', resource: 'pods', verb: 'get', namespace: undefined, name: undefined },
  { group: '', resource: 'pods/log', verb: 'get', namespace: undefined, name: undefined },
  { group: 'apps', resource: 'deployments', verb: 'get', namespace: undefined, name: undefined },
  {
    group: 'metallb.io',
    resource: 'ipaddresspools',
    verb: 'list',
    namespace: 'metallb-system',
    name: undefined,
  },
];

beforeAll(async () => {
  const incident = await incidentNamed('pool-exhausted');
  const directory = join(incident.directory, 'sick');
  const version = versionOf(incident, 'sick');
  ({ server } = await startScenario({ directory, at: incident.at, version }));
  user = await makeUser(server.controlPlane, 'oncall');
});

afterAll(() => server.stop());

test('a user with nothing may list nothing', async () => {
  await user.grant([]);
  expect(await kubectl('get', 'services', '-A')).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'Error from server (Forbidden): services is forbidden: User "oncall" cannot list resource "services" in API group "" at the cluster scope\n',
  });
});

test('`view` reads services and logs, but neither nodes nor pools', async () => {
  await user.grant(await rightsOfView(server.controlPlane));
  expect(await kubectl('get', 'services', '-A')).toMatchObject({ code: 0 });
  expect(await kubectl('logs', '-n', 'metallb-system', 'deployment/controller')).toMatchObject({
    code: 0,
  });
  expect((await kubectl('get', 'nodes')).stderr).toContain('nodes is forbidden');
  expect((await kubectl('get', 'ipaddresspools', '-A')).stderr).toContain('is forbidden');
});

test('rights in one namespace end there', async () => {
  await user.grant(EVERYTHING.map((right) => ({ ...right, namespace: 'shop' })));
  expect(await kubectl('get', 'services', '-n', 'shop')).toMatchObject({ code: 0 });
  expect((await kubectl('get', 'services', '-A')).stderr).toContain('at the cluster scope');
});

test('a single right can be left out, and given back', async () => {
  const logs = ['logs', '-n', 'metallb-system', 'deployment/controller', '--tail=1'];
  await user.grant(EVERYTHING);
  expect(await kubectl(...logs)).toMatchObject({ code: 0 });
  await user.grant(EVERYTHING.filter(({ resource }) => resource !== 'pods/log'));
  expect((await kubectl(...logs)).stderr).toContain('cannot get resource "pods/log"');
  await user.grant(EVERYTHING);
  expect(await kubectl(...logs)).toMatchObject({ code: 0 });
});

test('roles are taken apart into single rights', () => {
  const rights = rightsIn([
    {
      kind: 'ClusterRole',
      rules: [{ apiGroups: [''], resources: ['services', 'pods'], verbs: ['get', 'list'] }],
    },
    {
      kind: 'Role',
      metadata: { name: 'r', namespace: 'kube-system' },
      rules: [
        {
          apiGroups: [''],
          resources: ['configmaps'],
          resourceNames: ['kube-proxy'],
          verbs: ['get'],
        },
      ],
    },
    { kind: 'ClusterRoleBinding' },
  ]);
  expect(rights.map(describeRight)).toEqual([
    'get services',
    'list services',
    'get pods',
    'list pods',
    'get configmaps kube-proxy in kube-system',
  ]);
});

function kubectl(...args: string[]) {
  return server.controlPlane.kubectl(args, { kubeconfig: user.kubeconfig });
}
