import { expect, test } from 'vitest';
import { aService } from '../../builders/a-service.ts';
import { aNode, aPool, aSlice } from '../../builders/some-objects.ts';
import { serviceIn, told, verdictOf } from '../case.ts';
import { announced, endpointOn } from '../layer2-scenes.ts';

const key = 'shop/web';

/** A Service with an address of each family and one endpoint on n2; what the kernel of a node said. */
function foundWhen(node: string, line: string) {
  const builder = announced
    .with('nodes', aNode('n1'), aNode('n2', '10.0.0.2'), aNode('n3', '10.0.0.3'))
    .with('ipAddressPools', aPool('both', ['10.0.0.100-10.0.0.119', '2001:db8::/120']))
    .withService(aService(key, { ip: ['10.0.0.103', '2001:db8::7'] }))
    .with('endpointSlices', { ...aSlice(key, [endpointOn('n2')]), ports: [{ port: 8080 }] })
    .withSnapshot({
      logs: [
        {
          namespace: '',
          pod: `dmesg-${node}.log`,
          container: '',
          previous: false,
          lines: { state: 'read', items: [line] },
        },
      ],
    });
  const found = told(verdictOf('MLB-D17', builder, serviceIn(builder.build(), key)));
  return Array.isArray(found)
    ? found.map(({ severity, details }) => [severity, details.at(-1)])
    : [];
}

const drops = (to: string, port: number) =>
  `[UFW BLOCK] IN=eth0 OUT= SRC=10.0.9.9 DST=${to} LEN=60 PROTO=TCP SPT=50000 DPT=${port} SYN`;
const rule = 'a rule of that firewall logs what it drops, and such packets are among it';

test('IPv6 addresses stand in such lines with all their zeros', () => {
  expect(foundWhen('n2', drops('2001:0db8:0000:0000:0000:0000:0000:0007', 80))).toEqual([
    ['error', rule],
  ]);
  expect(foundWhen('n2', drops('2001:0db8:0000:0000:0000:0000:0000:0008', 80))).toEqual([]);
});

test('what is forwarded is told by the address and port of the pod', () => {
  expect(foundWhen('n2', drops('10.244.0.7', 8080))).toEqual([['error', rule]]);
  expect(foundWhen('n2', drops('10.244.0.7', 80))).toEqual([]);
});

test('a node that neither announces nor has an endpoint drops what came astray', () => {
  expect(foundWhen('n1', drops('10.0.0.103', 80))).toEqual([
    [
      'warning',
      'now n3 announces it, and n1 has no endpoint of it: packets for it come by n1 only from who has not learnt of that',
    ],
  ]);
});
