import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../../src/core/facts/errors.ts';
import { rightsFor } from '../../../../src/core/shell/rights/rights.ts';
import {
  roleDocuments,
  serviceAccountOf,
} from '../../../../src/core/shell/rights/role-documents.ts';

const rights = rightsFor([
  { facts: ['services', 'pods', 'configMaps'], logs: ['controller'], service: undefined },
]);

describe('rightsFor', () => {
  test('what finds MetalLB is always among it, and logs need their own right', () => {
    expect(
      rights.map(({ scope, verb, group, resource }) => [scope, verb, group, resource].join(' ')),
    ).toEqual([
      'cluster list  services',
      'cluster list apps daemonsets',
      'cluster list apps deployments',
      'kube-proxy list  configmaps',
      'metallb get  pods/log',
      'metallb list  configmaps',
      'metallb list  pods',
      'metallb list metallb.io addresspools',
      'metallb list metallb.io ipaddresspools',
    ]);
  });

  test('logs alone need the pods they belong to', () => {
    const some = rightsFor([{ facts: [], logs: ['speaker'], service: undefined }]);
    expect(some.map(({ resource }) => resource)).toContain('pods');
  });

  test('without logs nobody asks for logs', () => {
    const some = rightsFor([{ facts: ['pods'], logs: [], service: undefined }]);
    expect(some.filter(({ verb }) => verb === 'get')).toEqual([]);
  });
});

describe('roleDocuments', () => {
  test('cluster-wide rights are a ClusterRole, the rest stays in its namespace', () => {
    const documents = roleDocuments({
      rights,
      name: 'triage',
      metallbNamespace: 'metallb',
      subjects: [],
    });
    expect(documents).toEqual([
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'triage' },
        rules: [
          { apiGroups: [''], resources: ['services'], verbs: ['list'] },
          { apiGroups: ['apps'], resources: ['daemonsets', 'deployments'], verbs: ['list'] },
        ],
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'triage', namespace: 'metallb' },
        rules: [
          { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
          { apiGroups: [''], resources: ['configmaps', 'pods'], verbs: ['list'] },
          {
            apiGroups: ['metallb.io'],
            resources: ['addresspools', 'ipaddresspools'],
            verbs: ['list'],
          },
        ],
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'triage', namespace: 'kube-system' },
        rules: [
          {
            apiGroups: [''],
            resources: ['configmaps'],
            resourceNames: ['kube-proxy'],
            verbs: ['list'],
          },
        ],
      },
    ]);
  });

  test('every role is bound to everybody named', () => {
    const documents = roleDocuments({
      rights,
      name: 'triage',
      metallbNamespace: 'metallb-system',
      subjects: [{ kind: 'User', name: 'oncall' }, serviceAccountOf('ops:triage')],
    });
    const bindings = documents.filter((each) => 'subjects' in each);
    expect(bindings).toHaveLength(3);
    expect(bindings[0]).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'triage' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'triage' },
      subjects: [
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'oncall' },
        { kind: 'ServiceAccount', namespace: 'ops', name: 'triage' },
      ],
    });
  });

  test.each(['triage', ':triage', 'ops:', 'a:b:c'])('%s is no service account', (text) => {
    expect(() => serviceAccountOf(text)).toThrow(UsageError);
  });
});

test("the right to make a Pod is only printed when asked for, and for MetalLB's namespace alone", () => {
  const request = { rights, name: 'triage', metallbNamespace: 'metallb-system', subjects: [] };
  const written = (documents: readonly object[]) =>
    documents.filter((each) => JSON.stringify(each).includes('"create"'));
  expect(written(roleDocuments(request))).toEqual([]);
  expect(written(roleDocuments({ ...request, watches: true }))).toEqual([]);
  expect(written(roleDocuments({ ...request, probes: true }))).toMatchObject([
    {
      kind: 'Role',
      metadata: { name: 'triage', namespace: 'metallb-system' },
      rules: expect.arrayContaining([
        { apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'delete'] },
        { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
      ]),
    },
  ]);
});
