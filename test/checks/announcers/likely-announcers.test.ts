import { expect, test } from 'vitest';
import { likelyAnnouncers } from '../../../src/checks/announcers/likely-announcers.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aPool, aSlice, home, named } from '../../builders/some-objects.ts';

const service = aService('shop/search', { ip: '10.4.11.10' });
const endpoint = { addresses: ['10.244.1.7'], nodeName: 'n1', ready: true, serving: true };
/** n2 is elected for `10.4.11.10`. */
const cluster = aSnapshot()
  .withPool(aPool('lan', '10.4.11.10-10.4.11.19'))
  .withService(service)
  .withSlice(aSlice('shop/search', [endpoint]));

const saidBy = (node: string, serviceName = 'search') => ({
  kind: 'ServiceL2Status' as const,
  metadata: named(`l2-${node}`, { namespace: home }),
  status: { node, serviceName, serviceNamespace: 'shop', interfaces: [] },
});

test('the elected node comes first, whatever an old status says', () => {
  const said = cluster.with('serviceL2Statuses', saidBy('n3'), saidBy('n1', 'other'));
  expect(likelyAnnouncers(said.build(), service)).toEqual(['n2', 'n3', 'n1']);
});

test('where it cannot be worked out, those who are said to', () => {
  const dark = cluster.with('serviceL2Statuses', saidBy('n3')).forbidding('endpointSlices');
  expect(likelyAnnouncers(dark.build(), service)).toEqual(['n3']);
});
