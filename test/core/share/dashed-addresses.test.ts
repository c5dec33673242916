import { expect, test } from 'vitest';
import { shareSnapshot } from '../../../src/core/share/share-snapshot.ts';
import { itemsIfRead } from '../../../src/core/facts/reading.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { home, named } from '../../builders/some-objects.ts';

test('a router of FRR-K8s stays the router of its BGPPeer, and its address leaves with neither', () => {
  const written = '2a02-26f7-00c0-0011-0000-0000-0000-0254';
  const snapshot = aSnapshot()
    .with('bgpPeers', {
      kind: 'BGPPeer',
      metadata: named('router', { namespace: home }),
      spec: { nodeSelectors: [], hasPassword: false, peerAddress: '2a02:26f7:c0:11::254' },
    })
    .with('bgpSessionStates', {
      kind: 'BGPSessionState',
      metadata: named('n1-abcde', {
        namespace: home,
        labels: { 'frrk8s.metallb.io/peer': written },
      }),
      status: { node: 'n1', peer: written, bgpStatus: 'Active' },
    })
    .build();
  const { readings } = shareSnapshot(snapshot).snapshot;
  const [peer] = itemsIfRead(readings.bgpPeers);
  const [session] = itemsIfRead(readings.bgpSessionStates);
  const inFull = session?.status.peer ?? '';
  expect(JSON.stringify(readings)).not.toMatch(/2a02[:-]26f7/);
  expect(inFull).toMatch(/^[0-9a-f]{4}(?:-[0-9a-f]{4}){7}$/);
  expect(new URL(`http://[${inFull.replaceAll('-', ':')}]`).hostname).toBe(
    new URL(`http://[${peer?.spec.peerAddress ?? ''}]`).hostname,
  );
  expect(session?.metadata.labels).toEqual({ 'frrk8s.metallb.io/peer': inFull });
});
