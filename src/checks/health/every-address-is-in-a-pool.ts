import { defineCheck } from '../../core/diagnosis/check.ts';
import { configurationOf, namespacesIfSelected } from '../models/configuration.ts';
import { isServedBy, strayAddresses } from '../models/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';

const listed = 8;

/** The controller takes back an address that no pool contains as soon as it looks at the Service. */
export const everyAddressIsInAPool = defineCheck({
  id: 'MLB-H03',
  asks: 'Is every address that a Service holds in a pool?',
  symptoms: ['health'],
  causes: ['address-outside-pools'],
  needs: ['services', 'ipAddressPools'],
  helps: ['namespaces', 'communities'],
  alsoNeeds: namespacesIfSelected,
  skipWhen: (facts) => {
    if (facts.installation === undefined) {
      return 'no MetalLB was found';
    }
    return configurationOf(facts)?.state === 'rejected'
      ? 'MetalLB refuses its pools, and which older ones it works with cannot be seen'
      : undefined;
  },
  run: (facts) => {
    const pools = configurationOf(facts)?.pools ?? [];
    const strays = facts.services
      .filter((service) => isServedBy(facts.installation, service))
      .map((service) => ({ service, stray: strayAddresses(service, pools) }))
      .filter(({ stray }) => stray.length > 0)
      .toSorted((a, b) => (keyOfService(a.service) < keyOfService(b.service) ? -1 : 1));
    const [first] = strays;
    if (first === undefined) {
      return [];
    }
    const lines = strays.map(
      ({ service, stray }) => `${keyOfService(service)}: ${stray.join(', ')}`,
    );
    return [
      {
        cause: 'address-outside-pools',
        severity: 'error',
        about: refOf(first.service),
        affects: strays.map(({ service }) => refOf(service)),
        says:
          strays.length === 1
            ? `${keyOfService(first.service)} holds ${first.stray.join(', ')}, which no pool contains`
            : `${strays.length} Services hold addresses that no pool contains`,
        details: [
          ...lines.slice(0, listed),
          ...(lines.length > listed ? [`and ${lines.length - listed} more`] : []),
          ...pools.map((pool) => `pool ${pool.name}: ${pool.addresses.join(', ')}`),
        ],
        because: strays
          .slice(0, listed)
          .map(({ service, stray }) =>
            seenField(refOf(service), 'status.loadBalancer.ingress', stray.join(', ')),
          ),
        doubts: [`the controller is just about to clear them`],
        suggests: [
          {
            says: 'if these addresses must stay, put them back into a pool before anything restarts the controller',
            command: `kubectl -n ${facts.installation?.namespace ?? 'metallb-system'} get ipaddresspools.metallb.io -o yaml`,
            mutates: false,
          },
        ],
      },
    ];
  },
});
