import type { PodName } from '../../facts/pod-port.ts';

/** What the Pod is for. */
export interface PodWish {
  readonly of: PodName;
  readonly node: string;
  readonly image: string;
  readonly script: string;
  /** After this long the kubelet ends it, whatever became of triage. */
  readonly limitSeconds: number;
}

/**
 * A Pod that looks at the wire from a node's own network: it holds no credentials, may send raw packets and nothing else,
 * runs on this node whatever taints it has, and ends by itself.
 */
export function podManifest({ of, node, image, script, limitSeconds }: PodWish) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: of.name,
      namespace: of.namespace,
      labels: { 'app.kubernetes.io/name': 'triage-look', 'app.kubernetes.io/managed-by': 'triage' },
    },
    spec: {
      nodeName: node,
      hostNetwork: true,
      restartPolicy: 'Never',
      activeDeadlineSeconds: limitSeconds,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      tolerations: [{ operator: 'Exists' }],
      containers: [
        {
          name: 'look',
          image,
          imagePullPolicy: 'IfNotPresent',
          command: ['sh', '-c', script],
          resources: {
            requests: { cpu: '10m', memory: '16Mi' },
            limits: { cpu: '500m', memory: '256Mi' },
          },
          securityContext: {
            runAsUser: 0,
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'], add: ['NET_RAW'] },
          },
        },
      ],
    },
  };
}
