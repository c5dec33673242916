import { defineCheck } from '../../core/diagnosis/check.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn } from '../models/services.ts';

/** A pool over the addresses of the nodes gives away one that a machine uses: the kernel there answers for it. */
export const theAddressIsNoNodesOwn = defineCheck({
  id: 'MLB-L21',
  asks: "Is the address of the Service no node's own?",
  symptoms: ['no-traffic'],
  causes: ['node-address-in-pool'],
  link: 'wire',
  needs: ['nodes'],
  helps: [],
  basis: 'observed',
  skipWhen: (_facts, subject) =>
    subject === undefined || addressesIn(subject).length === 0
      ? 'the Service has no address'
      : undefined,
  run: ({ nodes }, subject) =>
    subject === undefined
      ? []
      : nodes.flatMap((node) => {
          const own = new Set(node.status.addresses.map(({ address }) => parseAddress(address)));
          const shared = addressesIn(subject).filter((text) => {
            const address = parseAddress(text);
            return address !== undefined && own.has(address);
          });
          const { name } = node.metadata;
          return shared.length === 0
            ? []
            : [
                {
                  cause: 'node-address-in-pool',
                  severity: 'error' as const,
                  about: refOf(node),
                  affects: [refOf(subject)],
                  addresses: shared,
                  says: `${shared.join(', ')} is the address of node ${name} itself, which answers for it beside the announcer`,
                  details: [
                    `whoever reaches ${name} by that address reaches its own programs, not the Service`,
                    'the pool must keep clear of the addresses of the nodes',
                  ],
                  because: [seenField(refOf(node), 'status.addresses', shared.join(', '))],
                  suggests: [
                    {
                      says: 'take that address out of the pool; the Service gets another one',
                      command: 'triage pools',
                      mutates: false,
                    },
                  ],
                },
              ];
        }),
});
