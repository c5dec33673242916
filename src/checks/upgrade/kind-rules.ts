import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import { refOf } from '../models/references.ts';
import { defineRule, type Shown, type UpgradeRule } from './rule.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** Kinds that hold configuration, and names that the API server must know, which come and go with releases. */
export const kindRules: readonly UpgradeRule[] = [
  defineRule({
    id: 'config-map',
    release: 'v0.13.0',
    reference: 'metallb#1473',
    title: 'the ConfigMap config is not read any more; pools and advertisements are objects',
    needs: ['ipAddressPools'],
    helps: ['namespaces', 'communities'],
    up: (facts) => {
      const { namespace = '', configMap } = facts.installation ?? {};
      if (configMap === undefined) {
        return ownPools(facts).length > 0 ? [] : [withoutPools];
      }
      const place = `ConfigMap ${namespace}/${configMap}`;
      const pools = ownPools(facts).map(({ metadata }) => metadata.name);
      return [
        {
          weight: 'breaks' as const,
          says: `${place} ${holdsText(pools)}: without IPAddressPools no Service keeps or gets an address`,
          details: [],
          objects: [{ kind: 'ConfigMap', namespace, name: configMap }],
          before: [
            {
              says: 'write its pools, peers, communities and how each pool is announced as objects; the container quay.io/metallb/configmaptocrs does it for you. They are applied together with the release, which brings their kinds',
              command: kubectl`-n ${namespace} get configmap ${configMap} -o yaml`,
              mutates: false,
            },
          ],
        },
      ];
    },
  }),
  defineRule({
    id: 'address-pool-kind',
    release: 'v0.14.2',
    reference: 'metallb#2252',
    title: 'AddressPool is gone; only IPAddressPool and advertisements are read',
    needs: [],
    helps: ['addressPools'],
    up: addressPoolsGone,
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

/** Those that are there, or the mere kind where nobody listed it. */
function addressPoolsGone({
  addressPools,
  metallbResources,
  installation,
}: Facts<never, 'addressPools'>): readonly Shown[] {
  const { namespace = 'metallb-system' } = installation ?? {};
  const own = itemsIfRead(addressPools).filter(({ metadata }) => metadata.namespace === namespace);
  const isServed = metallbResources?.some((each) => each.endsWith('/addresspools')) === true;
  if (addressPools.state === 'read' ? own.length === 0 : !isServed) {
    return [];
  }
  const names = own.map(({ metadata }) => metadata.name).toSorted();
  const [, second] = names;
  return [
    {
      weight: names.length === 0 ? 'changes' : 'breaks',
      says:
        names.length === 0
          ? 'AddressPools are still served here; what they say will not be read'
          : `the ${second === undefined ? 'AddressPool' : 'AddressPools'} ${someOf(names)} will not be read: Services lose their addresses, and no new one is given out of them`,
      details: own.map(({ metadata, spec }) => `${metadata.name}: ${spec.addresses.join(', ')}`),
      objects: own.map(refOf),
      before: [
        {
          says:
            names.length === 0
              ? 'see whether there are any, and write IPAddressPools for them'
              : 'write an IPAddressPool for each, with an L2Advertisement or BGPAdvertisement, and delete the AddressPool in the same step: both at once overlap, and are refused',
          command: kubectl`-n ${namespace} get addresspools.metallb.io`,
          mutates: false,
        },
      ],
    },
  ];
}

function holdsText(pools: readonly string[]): string {
  const [, second] = pools;
  return pools.length === 0
    ? 'is what the present release reads'
    : `holds the ${second === undefined ? 'pool' : 'pools'} ${someOf(pools)}`;
}

const withoutPools: Shown = {
  weight: 'breaks',
  says: 'there is no IPAddressPool here: without one no Service keeps or gets an address',
  details: [],
  objects: [],
  before: [{ says: 'write IPAddressPools and advertisements for that ConfigMap', mutates: false }],
};

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
