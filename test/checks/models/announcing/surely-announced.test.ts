import { expect, test } from 'vitest';
import { glances } from '../../../../src/checks/models/announcing/at-a-glance.ts';
import { surelyAnnouncedBy } from '../../../../src/checks/models/announcing/surely-announced.ts';
import type { SnapshotBuilder } from '../../../builders/a-snapshot.ts';
import { anL2Advertisement, aNode, aPool, aSlice } from '../../../builders/some-objects.ts';
import { checkout, factsOf, lan, silentNode, speakerPod } from './facts.ts';

const well = lan.with('pods', ...['n1', 'n2', 'n3'].map((node) => speakerPod(node)));
const local = {
  ...checkout,
  spec: { ...checkout.spec, externalTrafficPolicy: 'Local' as const },
};
const shared = {
  ...checkout,
  metadata: { ...checkout.metadata, annotations: { 'metallb.io/allow-shared-ip': 'key' } },
};
const forShops = anL2Advertisement('lan', {
  serviceSelectors: [{ matchLabels: { tier: 'shop' }, matchExpressions: [] }],
});
const unserved = aSlice('shop/checkout', [
  { addresses: ['10.244.1.5'], nodeName: 'n1', ready: false },
]);
const elsewhere = aSlice('shop/checkout', [
  { addresses: ['10.244.1.5'], nodeName: 'n9', ready: true },
]);
const newest = well.withInstallation({ speakerVersion: 'v0.16.2', controllerVersion: 'v0.16.2' });

test.each<[string, SnapshotBuilder, typeof checkout, boolean]>([
  ['every node may announce, and its speaker runs', well, checkout, true],
  ['a node with an endpoint of its own may, under policy Local', well, local, true],
  ['no node has an endpoint of its own', well.with('endpointSlices', elsewhere), local, false],
  ['no endpoint can serve', well.with('endpointSlices', unserved), checkout, false],
  ['no L2Advertisement takes the pool', well.with('l2Advertisements'), checkout, false],
  [
    'no pool holds the address',
    well.with('ipAddressPools', aPool('x', '192.0.2.0/28')),
    checkout,
    false,
  ],
  ['no speaker runs', well.with('pods'), checkout, false],
  [
    'one of the nodes has fallen silent',
    well.with('nodes', aNode('n1'), silentNode('n2')),
    checkout,
    true,
  ],
  [
    'all of the nodes have',
    well.with('nodes', silentNode('n1'), silentNode('n2')),
    checkout,
    false,
  ],
  ['it is shared where that is refused', newest.with('l2Advertisements', forShops), shared, false],
])(
  '%s: what is said without a hash is never more than the election says',
  (...[, cluster, service, isSure]) => {
    const facts = factsOf(cluster.with('services', service));
    expect(surelyAnnouncedBy(facts)(service)).toBe(isSure);
    expect(glances(facts)?.(service).announcer !== undefined || !isSure).toBe(true);
  },
);
