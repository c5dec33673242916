import type { KubernetesObject } from './kubernetes-object.ts';

/**
 * Keeps the API server from adding events of its own: its repair loops complain about addresses and
 * node ports that were written into etcd and never allocated.
 */
export const silence: readonly KubernetesObject[] = [
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'testbed-only-stated-events' },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ['', 'events.k8s.io'],
            apiVersions: ['*'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['events'],
          },
        ],
      },
      validations: [{ expression: "request.userInfo.username != 'system:apiserver'" }],
    },
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'testbed-only-stated-events' },
    spec: { policyName: 'testbed-only-stated-events', validationActions: ['Deny'] },
  },
];
