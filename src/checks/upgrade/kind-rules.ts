import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import { refOf } from '../models/references.ts';
import { defineRule, type Shown, type UpgradeRule } from './rule.ts';

/** Kinds that hold configuration, and names that the API server must know, which come and go with releases. */
export const kindRules: readonly UpgradeRule[] = [
  defineRule({
    id: 'config-map',
    release: 'v0.13.0',
    reference: 'metallb#1473',
    title: 'the ConfigMap config is not read any more; pools and advertisements are objects',
    needs: ['ipAddressPools'],
    helps: ['namespaces', 'communities'],
    up: (facts) =>
      ownPools(facts).length > 0
        ? []
        : [
            {
              weight: 'breaks' as const,
              says: 'there is no IPAddressPool here: without one no Service keeps or gets an address',
              details: [],
              objects: [],
              before: [
                {
                  says: 'write IPAddressPools and advertisements for that ConfigMap',
                  mutates: false,
                },
              ],
            },
          ],
  }),
  defineRule({
    id: 'address-pool-kind',
    release: 'v0.14.2',
    reference: 'metallb#2252',
    title: 'AddressPool is gone; only IPAddressPool and advertisements are read',
    needs: [],
    up: ({ metallbResources, installation }) =>
      metallbResources?.some((each) => each.endsWith('/addresspools')) === true
        ? [
            {
              weight: 'changes' as const,
              says: 'AddressPools are still served here; what they say will not be read',
              details: [],
              objects: [],
              before: [
                {
                  says: 'see whether there are any, and write IPAddressPools for them',
                  command: kubectl`-n ${installation?.namespace ?? 'metallb-system'} get addresspools.metallb.io`,
                  mutates: false,
                },
              ],
            },
          ]
        : [],
  }),
  defineRule({
    id: 'webhook-name',
    release: 'v0.14.4',
    reference: 'metallb#2174',
    title: 'the Service of the webhook is called metallb-webhook-service',
    needs: ['validatingWebhooks'],
    up: (facts) => webhooksNamed('webhook-service', facts),
    down: (facts) => webhooksNamed('metallb-webhook-service', facts),
  }),
];

function webhooksNamed(
  name: string,
  { validatingWebhooks, installation }: Facts<'validatingWebhooks'>,
): readonly Shown[] {
  const named = validatingWebhooks.filter(({ webhooks }) =>
    webhooks.some(
      ({ service }) => service?.name === name && service.namespace === installation?.namespace,
    ),
  );
  return named.length === 0
    ? []
    : [
        {
          weight: 'changes',
          says: `${named.map(({ metadata }) => metadata.name).join(', ')} asks ${name}: it must change together with the images, or every change of a pool is refused`,
          details: [],
          objects: named.map(refOf),
          before: [
            {
              says: 'apply the whole manifest of the release, not only the images',
              mutates: false,
            },
          ],
        },
      ];
}
