// node scripts/bench/election-once.ts SERVICES NODES: the elections of all Services, in seconds of processor time.
import { announcersStanding } from '../../src/checks/announcers/announcers-standing.ts';
import { drill } from '../../src/checks/drill/drill.ts';
import { addressAt } from '../../src/core/facts/ip.ts';
import { electLayer2 } from '../../src/core/metallb/election/layer2.ts';
import { speakersOf } from '../../src/core/metallb/election/speakers.ts';
import { aService } from '../../test/builders/a-service.ts';
import { aSnapshot } from '../../test/builders/a-snapshot.ts';
import { aPod } from '../../test/builders/programs.ts';
import {
  aBGPAdvertisement,
  aNode,
  anL2Advertisement,
  aPool,
  aSlice,
  home,
  named,
} from '../../test/builders/some-objects.ts';
import type { ElectionTimes } from './election.ts';

const [services = 1_000, nodes = 10] = process.argv.slice(2).map(Number);
const network = 0x0a050000n;
const endpointsEach = [0, 1, 2] as const;
const names = Array.from({ length: nodes }, (_, index) => `worker-${index}.example.net`);
const nodeObjects = names.map((name) => aNode(name));
const pool = aPool('lan', '10.5.0.0/16');
const list = Array.from({ length: services }, (_, index) =>
  aService(`shop/web-${index}`, {
    ip: addressAt('ipv4', network + BigInt(index)),
    local: index % 10 === 0,
  }),
);
const slices = list.map((_, index) =>
  aSlice(
    `shop/web-${index}`,
    endpointsEach.map((place) => ({
      addresses: [`10.244.0.${place}`],
      nodeName: names[(index * 7 + place * 13) % nodes] ?? '',
    })),
  ),
);
const inLayer2 = aSnapshot()
  .withPool(pool)
  .withReading('services', { state: 'read', items: list })
  .withReading('endpointSlices', { state: 'read', items: slices })
  .withReading('nodes', { state: 'read', items: nodeObjects })
  .withReading('pods', {
    state: 'read',
    items: names.map((node) => aPod('speaker', { name: `speaker-${node}`, node })),
  });
const snapshot = inLayer2.build();
const byBGP = inLayer2
  .with('bgpAdvertisements', aBGPAdvertisement('all'))
  .with('bgpPeers', {
    kind: 'BGPPeer',
    metadata: named('tor', { namespace: home }),
    spec: {
      myASN: 64512,
      peerASN: 64513,
      peerAddress: '10.0.0.254',
      nodeSelectors: [],
      hasPassword: false,
    },
  })
  .build();

const times: ElectionTimes = {
  elect: seconds(elect),
  announcers: seconds(() => announcersStanding({ snapshot: byBGP, service: undefined })),
  drill: seconds(() => drill(snapshot, { kind: 'nodes', nodes: names.slice(0, 1) })),
  each: seconds(() => drill(byBGP, { kind: 'each' })),
};
process.stdout.write(`${JSON.stringify(times)}\n`);

function elect(): void {
  const speakers = speakersOf({
    pools: [pool],
    l2Advertisements: [anL2Advertisement('all')],
    bgpAdvertisements: [],
    bgpPeers: [],
    bfdProfiles: [],
    communities: [],
    namespaces: [],
    nodes: nodeObjects,
    secrets: undefined,
    namespace: home,
    version: 'v0.16.1',
    bgpType: undefined,
    services: list,
    endpointSlices: slices,
    members: new Set(names),
    interfaces: new Map(),
    ignoresExcludeLabel: false,
    loadBalancerClass: undefined,
  });
  const without = list.filter((each) => electLayer2(each, speakers).announcer === undefined);
  if (without.length > 0) {
    throw new Error(`${without.length} Services have no announcer`);
  }
}

/** This thread's own processor time. */
function seconds(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000_000;
}
