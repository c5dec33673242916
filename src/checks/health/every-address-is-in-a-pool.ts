import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Found } from '../../core/diagnosis/check.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { Pool } from '../../core/metallb/configuration.ts';
import { poolCheck } from '../models/allocation/pool-check.ts';
import { configurationOf } from '../models/configuration/configuration.ts';
import { isServedBy, poolIndexOf, strayAddresses } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';

const listed = 8;

/** The controller takes back an address that no pool contains as soon as it looks at the Service. */
export const everyAddressIsInAPool = poolCheck({
  id: 'MLB-H03',
  asks: 'Is every address that a Service holds in a pool?',
  cause: 'address-outside-pools',
  run: (facts, { namespace }) => {
    const pools = configurationOf(facts)?.pools ?? [];
    const strays = facts.services
      .filter((service) => isServedBy(facts.installation, service))
      .map((service) => ({ service, stray: strayAddresses(service, poolIndexOf(facts)) }))
      .filter(({ stray }) => stray.length > 0)
      .toSorted((a, b) => (keyOfService(a.service) < keyOfService(b.service) ? -1 : 1));
    return strays.length === 0 ? [] : [finding(strays, pools, namespace)];
  },
});

interface Stray {
  readonly service: Service;
  readonly stray: readonly string[];
}

function finding(strays: readonly Stray[], pools: readonly Pool[], namespace: string): Found {
  const refs = strays.map(({ service }) => refOf(service));
  const lines = strays.map(({ service, stray }) => `${keyOfService(service)}: ${stray.join(', ')}`);
  return {
    cause: 'address-outside-pools',
    severity: 'error',
    about: refs[0] ?? { kind: 'Namespace', name: namespace },
    affects: refs,
    says:
      lines.length === 1
        ? `a Service holds an address that no pool contains (${lines[0]})`
        : `${lines.length} Services hold addresses that no pool contains`,
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
    doubts: ['the controller is just about to clear them'],
    suggests: [
      {
        says: 'if these addresses must stay, put them back into a pool before anything restarts the controller',
        command: kubectl`-n ${namespace} get ipaddresspools.metallb.io -o yaml`,
        mutates: false,
      },
    ],
  };
}
