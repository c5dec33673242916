import type { BGPPeer } from '../../src/core/facts/metallb-objects.ts';
import { aBGPAdvertisement, aPool, home, named } from '../builders/some-objects.ts';
import type { CheckCase } from './case.ts';
import { announced, aStatus, held, said } from './layer2-scenes.ts';

const subject = 'shop/search';
const in0161 = announced.withInstallation({
  speakerVersion: 'v0.16.1',
  controllerVersion: 'v0.16.1',
});

/** Nothing but logs tells of a configuration that a speaker of this release refuses. */
const in0149 = announced
  .withInstallation({ speakerVersion: 'v0.14.9', controllerVersion: 'v0.14.9' })
  .withReading('configurationStates', { state: 'absent' })
  .with('bgpAdvertisements', aBGPAdvertisement('edge', {}))
  .with('bgpPeers', secretless());
const refused = said({
  level: 'error',
  ts: '2026-03-14T03:12:05Z',
  controller: 'ConfigReconciler',
  error: [
    'secret ref not found for peer config "metallb-system"/"second"',
    'failed to parse peer second password secret',
    'parsing peer second',
  ].join('\n'),
});
const reloaded = said({
  ts: '2026-03-14T03:12:06Z',
  controller: 'ConfigReconciler',
  event: 'config reloaded',
});

/** The end of a log in which another speaker deletes what this one writes. */
const undone = (name: string): readonly string[] =>
  ['01', '01', '02', '02'].map((second, index) =>
    said({
      level: 'error',
      ts: `2026-03-14T03:12:${second}Z`,
      msg: 'Reconciler error',
      controller: 'servicel2status',
      namespace: 'shop',
      name: 'search',
      error:
        index === 1
          ? 'resourceVersion should not be set on objects to be created'
          : `servicel2statuses.metallb.io "${name}" not found`,
    }),
  );
const joinedAgain = said({ ts: '2026-03-14T03:12:03Z', 'node event': 'NodeJoin' });

/** A responder that could not be opened; the speaker tries again every ten seconds. */
const started = said({
  level: 'info',
  ts: '2026-03-01T00:00:01Z',
  msg: 'MetalLB speaker starting version 0.15.3 (commit a3fbbec7, branch HEAD)',
});
const listens = said({
  level: 'info',
  ts: '2026-03-01T00:00:02Z',
  event: 'createARPResponder',
  interface: 'eth0',
});
const unboundForIPv6 = (name: string) =>
  said({
    level: 'error',
    ts: '2026-03-14T03:12:30Z',
    op: 'createNDPResponder',
    interface: name,
    msg: 'failed to create NDP responder',
    error: `creating NDP responder for "${name}": listen ip6:ipv6-icmp fe80::1%${name}: bind: cannot assign requested address`,
  });
/** The hash of this address elects n1. */
const inIPv6 = announced
  .withPool(aPool('lan6', 'fd00:4:11::/120'))
  .with('ipAddressPools', aPool('lan6', 'fd00:4:11::/120'))
  .with('services', held({ ip: 'fd00:4:11::10', families: ['IPv6'] }));
const unopened = (error: string, name = 'eth0') =>
  said({
    level: 'error',
    ts: '2026-03-14T03:12:30Z',
    op: 'createARPResponder',
    interface: name,
    msg: 'failed to create ARP responder',
    error: `creating ARP responder for "${name}": ${error}`,
  });

/** What only the logs of the speakers tell: a sick cluster and its healthy twin. */
export const layer2LogsCases: readonly CheckCase[] = [
  {
    check: 'MLB-L10',
    title: 'before v0.15.3 the log of the elected speaker alone says that it refuses',
    sick: in0149.withLog('speaker-n1', [refused]),
    healthy: in0149.withLog('speaker-n1', [refused, reloaded]),
    subject,
  },
  {
    check: 'MLB-L13',
    title: 'two speakers delete the status of each other without end',
    sick: in0161
      .with('serviceL2Statuses', aStatus('n3'))
      .withLog('speaker-n1', undone('l2-n1'))
      .withLog('speaker-n3', undone('l2-n3')),
    healthy: in0161
      .withLog('speaker-n1', [...undone('l2-n1'), joinedAgain])
      .withLog('speaker-n3', undone('l2-n3')),
    subject,
  },
  {
    check: 'MLB-L28',
    title: 'the kernel gives the speaker of the elected node no raw socket',
    sick: announced.withLog('speaker-n1', [unopened('operation not permitted')]),
    healthy: announced.withLog('speaker-n1', [
      unopened('invalid hardware address', 'ib0'),
      unopened('operation not permitted'),
      said({ ts: '2026-03-14T03:12:35Z', event: 'createARPResponder', interface: 'eth0' }),
    ]),
    subject,
  },
  {
    check: 'MLB-L28',
    title: 'the only interface cannot open its responder for IPv6',
    sick: inIPv6.withLog('speaker-n1', [started, listens, unboundForIPv6('eth0')]),
    healthy: inIPv6.withLog('speaker-n1', [
      started,
      listens,
      unboundForIPv6('docker0'),
      said({ ts: '2026-03-01T00:00:03Z', event: 'createNDPResponder', interface: 'eth0' }),
      unboundForIPv6('docker0'),
    ]),
    subject,
  },
];

function secretless(): BGPPeer {
  return {
    kind: 'BGPPeer',
    metadata: named('second', { namespace: home }),
    spec: {
      myASN: 64512,
      peerASN: 64513,
      peerAddress: '192.0.2.253',
      passwordSecret: 'gone',
      hasPassword: false,
      nodeSelectors: [],
    },
  };
}
