import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { expect, test } from 'vitest';
import { diagnose } from '../../../src/checks/diagnose.ts';
import { openCluster } from '../../../src/core/cluster/open-cluster.ts';
import { itemsIfRead } from '../../../src/core/facts/reading.ts';
import { shareSnapshot } from '../../../src/core/share/share-snapshot.ts';
import { forPending, never } from '../cluster/gathering.ts';
import { aService } from '../cluster/sample-objects.ts';

const controller = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'controller', namespace: 'lb' },
  spec: {
    replicas: 1,
    template: {
      spec: {
        containers: [
          {
            name: 'controller',
            image: 'quay.io/metallb/controller:v0.12.1',
            args: ['--port=7472', '--config=acme-edge'],
          },
        ],
      },
    },
  },
  status: { replicas: 1, readyReplicas: 1 },
};

const configuration = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'acme-edge', namespace: 'lb' },
  data: {
    config:
      'address-pools:\n- name: acme-pool\n  protocol: layer2\n  addresses: [203.0.113.10-203.0.113.20]\n',
  },
};

test('the ConfigMap of a release before v0.13 loses its name and content, and is found again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'triage-share-old-'));
  try {
    const items = [controller, configuration, aService('shop', 'checkout')];
    const file = join(folder, 'all.yaml');
    await writeFile(file, stringify({ apiVersion: 'v1', kind: 'List', items }));
    const reader = await openCluster({ kind: 'recorded', path: file });
    const snapshot = await reader.gather(forPending, never);
    expect(snapshot.installations[0]?.configMap).toBe('acme-edge');

    const { snapshot: shared, rewrite } = shareSnapshot(snapshot);
    expect(JSON.stringify(shared)).not.toMatch(/acme|203\.0\.113\./);
    expect(shared.installations[0]?.configMap).toBe(rewrite('acme-edge'));
    expect(itemsIfRead(shared.readings.configMaps).map(({ metadata }) => metadata.name)).toEqual([
      rewrite('acme-edge'),
    ]);
    const causes = (of: typeof snapshot) =>
      diagnose({ symptom: 'health', snapshot: of, subject: undefined }).rootCauses.map(
        ({ cause }) => cause,
      );
    expect(causes(shared)).toEqual(causes(snapshot));
  } finally {
    await rm(folder, { recursive: true });
  }
});
