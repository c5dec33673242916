import { expect, test } from 'vitest';
import type { BGPPeer } from '../../../src/core/facts/kube-objects.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import {
  aBGPAdvertisement,
  aNode,
  aPool,
  aSlice,
  home,
  named,
} from '../../builders/some-objects.ts';
import { serviceIn, told, verdictOf } from '../case.ts';

const key = 'shop/web';

const router = (name: string, spec: Partial<BGPPeer['spec']> = {}): BGPPeer => ({
  kind: 'BGPPeer',
  metadata: named(name, { namespace: home }),
  spec: {
    myASN: 64_500,
    peerASN: 64_501,
    peerAddress: '2001:db8::fe',
    nodeSelectors: [],
    hasPassword: false,
    ...spec,
  },
});

const onNode = (name: string) => ({
  nodeSelectors: [{ matchLabels: { 'kubernetes.io/hostname': name }, matchExpressions: [] }],
});

const failed = JSON.stringify({
  ts: '2026-03-14T03:12:10Z',
  level: 'error',
  op: 'connect',
  localASN: 64_500,
  peerASN: 64_501,
  peer: '2001:db8::fe',
  error: 'dial "2001:db8::fe": i/o timeout',
  msg: 'failed to connect to peer',
});

function toldWith(...peers: readonly BGPPeer[]) {
  const builder = aSnapshot()
    .withPool(aPool('wan', '10.4.11.0/28'))
    .with('l2Advertisements')
    .with(
      'nodes',
      ...['n1', 'n2', 'n3'].map((name) =>
        aNode(name, '10.0.0.1', { 'kubernetes.io/hostname': name }),
      ),
    )
    .with('bgpAdvertisements', aBGPAdvertisement('edge'))
    .with('bgpPeers', ...peers)
    .with('services', aService(key, { ip: '10.4.11.2' }))
    .with(
      'endpointSlices',
      aSlice(key, [{ addresses: ['10.244.0.5'], nodeName: 'n1', ready: true, serving: true }]),
    )
    .withLog('speaker-n1', [failed])
    .withLog('speaker-n2', [failed])
    .withLog('speaker-n3', [failed]);
  const found = told(verdictOf('MLB-B10', builder, serviceIn(builder.build(), key)));
  if (!Array.isArray(found)) {
    throw new TypeError(JSON.stringify(found));
  }
  return found.map(({ says, details, commands }) => ({
    says,
    twins: details.filter((each) => each.includes('once more')),
    deletes: commands.filter((each) => each.includes('delete')),
  }));
}

test('a router that nodes have each under a name of their own is no twin, and all of them are told', () => {
  expect(toldWith(router('for-n1', onNode('n1')), router('for-n2', onNode('n2')))).toEqual([
    {
      says: 'there is no BGP session between n1, n2 and for-n1, for-n2 (2001:db8::fe): nobody answers on TCP 179; no other session carries 10.4.11.2',
      twins: [],
      deletes: [],
    },
  ]);
});

test('a router that a node has under two names is, however its address is written', () => {
  const again = router('again', { peerAddress: '2001:0db8::FE' });
  expect(toldWith(router('a'), again)).toMatchObject([
    {
      says: 'there is no BGP session between n1, n2, n3 and a, again (2001:db8::fe): nobody answers on TCP 179; no other session carries 10.4.11.2',
      twins: [
        "BGPPeer again is the same router once more: it keeps one session per node, and each of the two ends the other's",
      ],
      deletes: ['! kubectl -n metallb-system delete bgppeer again'],
    },
  ]);
});

test('a name that some of the nodes have in addition is not why the others have no session', () => {
  expect(toldWith(router('a'), router('again', onNode('n2')))).toMatchObject([
    { twins: [], deletes: [] },
  ]);
});
