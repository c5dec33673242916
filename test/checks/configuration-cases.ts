import type { BFDProfile, BGPPeer, ConfigurationState } from '../../src/core/facts/kube-objects.ts';
import { aService } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aBGPAdvertisement, aNode, aPool, home, named } from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';

const lan = aPool('lan', '10.4.11.32/28');
const announced = aSnapshot().withPool(lan).with('bgpAdvertisements', aBGPAdvertisement('edge'));

function aPeer(name: string, spec: Partial<BGPPeer['spec']> = {}): BGPPeer {
  return {
    kind: 'BGPPeer',
    metadata: named(name, { namespace: home }),
    spec: {
      myASN: 64500,
      peerASN: 64501,
      peerAddress: '192.0.2.1',
      nodeSelectors: [],
      hasPassword: false,
      ...spec,
    },
  };
}

const fast: BFDProfile = {
  kind: 'BFDProfile',
  metadata: named('fast', { namespace: home }),
  spec: { receiveInterval: 300 },
};

function aState(name: string, errorSummary?: string): ConfigurationState {
  const result = errorSummary === undefined ? 'Valid' : 'Invalid';
  return {
    kind: 'ConfigurationState',
    metadata: named(name, { namespace: home }),
    status: {
      result,
      ...(errorSummary === undefined ? {} : { errorSummary }),
      conditions: [],
    },
  };
}

/** A pool that was changed ten minutes ago. */
function aCountedPool(available: string) {
  const pool = aPool('lan', '10.4.11.32/27');
  return {
    ...pool,
    metadata: {
      ...pool.metadata,
      managedFields: [
        { manager: 'kubectl-edit', time: '2026-03-14T03:02:40Z' },
        { manager: 'controller', time: '2026-03-13T03:02:40Z', subresource: 'status' },
      ],
    },
    status: { assignedIPv4: '1', assignedIPv6: '0', availableIPv4: available, availableIPv6: '0' },
  };
}

const complaint = (at: string) =>
  `{"level":"error","controller":"PoolReconciler","error":"parsing address pool lan: odd","ts":"${at}"}`;
const secretComplaint =
  '{"level":"error","controller":"ConfigReconciler","error":"parsing peer router secret ref not found for peer config \\"metallb-system\\"/\\"router\\"\\nfailed to parse peer router password secret","ts":"2026-03-14T03:00:00Z"}';
const reload =
  '{"level":"info","controller":"ConfigReconciler","event":"config reloaded","ts":"2026-03-14T03:05:00Z"}';
const withSecret = announced
  .withReading('configurationStates', { state: 'absent' })
  .withInstallation({ speakerVersion: 'v0.14.9', bgpType: 'frr' })
  .with(
    'bgpPeers',
    aPeer('rout', { passwordSecret: 'other', peerAddress: '192.0.2.9' }),
    aPeer('router', { passwordSecret: 'bgp' }),
  );

/** Checks of the configuration: a sick cluster and its healthy twin. */
export const configurationCases: readonly CheckCase[] = [
  {
    check: 'MLB-I10',
    title: 'the controller says that its configuration is invalid',
    sick: aSnapshot().with('configurationStates', aState('controller', 'duplicate of b')),
    healthy: aSnapshot().with(
      'configurationStates',
      aState('controller'),
      aState('speaker-n1', 'peer a: missing local ASN'),
    ),
    subject: undefined,
  },
  {
    check: 'MLB-I20',
    title: 'an advertisement aggregates a smaller pool',
    sick: announced.with('bgpAdvertisements', aBGPAdvertisement('edge', { aggregationLength: 24 })),
    healthy: announced,
    subject: undefined,
  },
  {
    check: 'MLB-I20',
    title: 'a peer waits for its BFD profile',
    sick: announced
      .withInstallation({ bgpType: 'frr' })
      .with('bgpPeers', aPeer('router', { bfdProfile: 'fast' })),
    healthy: announced
      .withInstallation({ bgpType: 'frr' })
      .with('bgpPeers', aPeer('router', { bfdProfile: 'fast' }))
      .with('bfdProfiles', fast),
    subject: undefined,
  },
  {
    check: 'MLB-I20',
    title: 'one node has two peers that do not go together',
    sick: announced
      .withInstallation({ bgpType: 'frr', speakerVersion: 'v0.16.1' })
      .with('nodes', aNode('n1'), aNode('n2', '10.0.0.2', { rack: 'b' }))
      .with(
        'bgpPeers',
        aPeer('router'),
        aPeer('spare', {
          peerAddress: '192.0.2.9',
          myASN: 64999,
          nodeSelectors: [{ matchLabels: { rack: 'b' }, matchExpressions: [] }],
        }),
      ),
    healthy: announced
      .withInstallation({ bgpType: 'frr', speakerVersion: 'v0.16.1' })
      .with('bgpPeers', aPeer('router'), aPeer('spare', { peerAddress: '192.0.2.9' })),
    subject: undefined,
  },
  {
    check: 'MLB-I20',
    title: 'a peer waits for its Secret',
    sick: withSecret.withLog('speaker-n1', [secretComplaint]),
    healthy: withSecret.withLog('speaker-n1', [secretComplaint, reload]),
    subject: undefined,
  },
  {
    check: 'MLB-I21',
    title: 'a speaker says that its configuration is invalid',
    sick: aSnapshot().with(
      'configurationStates',
      aState('speaker-n1', 'secret ref not found for peer config "metallb-system"/"router"'),
    ),
    healthy: aSnapshot().with('configurationStates', aState('speaker-n1'), {
      ...aState('speaker-gone', 'old'),
      metadata: named('speaker-gone', {
        namespace: home,
        labels: { 'metallb.io/node-name': 'gone' },
      }),
    }),
    subject: undefined,
  },
  {
    check: 'MLB-I21',
    title: 'a speaker still announces what no pool contains',
    sick: aSnapshot()
      .withPool(lan)
      .withService(aService('shop/search', { ip: '10.9.9.9' }))
      .with(
        'configurationStates',
        aState('speaker-n1', 'configuration error: general handler sync state error'),
      ),
    healthy: aSnapshot()
      .withPool(lan)
      .withService(aService('shop/search', { ip: '10.9.9.9' }))
      .with('configurationStates', aState('speaker-n1')),
    subject: undefined,
  },
  {
    check: 'MLB-I22',
    title: 'the controller counts the pool as it was',
    sick: aSnapshot().withPool(aCountedPool('15')),
    healthy: aSnapshot().withPool(aCountedPool('31')),
    subject: undefined,
  },
  {
    check: 'MLB-I22',
    title: 'a refusal is newer than everything it can be about',
    sick: aSnapshot()
      .withPool(aCountedPool('31'))
      .withService(aService('shop/checkout'))
      .withLog('controller-0', [complaint('2026-03-14T03:05:00Z')]),
    healthy: aSnapshot()
      .withPool(aCountedPool('31'))
      .withService(aService('shop/checkout'))
      .withLog('controller-0', [complaint('2026-03-14T03:00:00Z')]),
    subject: 'shop/checkout',
  },
];
