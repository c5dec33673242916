import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { Pool } from '../../core/metallb/configuration.ts';
import { readsAddressPools } from '../../core/facts/address-pool-releases.ts';
import {
  configurationOf,
  namespacesIfSelected,
  noAddressToJudge,
} from '../models/configuration/configuration.ts';
import { isWrittenByOthers } from '../models/rivals/written-by-others.ts';
import { isServedBy, poolIndexOf, strayAddresses } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';

const listed = 8;

/** The controller takes back an address that no pool contains as soon as it looks at the Service. */
export const everyAddressIsInAPool = defineCheck({
  id: 'MLB-H03',
  asks: 'Is every address that a Service holds in a pool?',
  symptoms: ['pending', 'health', 'no-traffic'],
  causes: ['address-outside-pools'],
  link: 'advertised',
  needs: ['services', 'ipAddressPools'],
  enoughInNamespace: ['services'],
  helps: ['namespaces', 'communities', 'nodes', 'daemonSets', 'addressPools'],
  alsoNeeds: (facts, subject) => [
    ...namespacesIfSelected(facts),
    ...(mayBeOld(facts, subject) ? (['addressPools'] as const) : []),
  ],
  skipWhen: noAddressToJudge,
  run: (facts, subject) => {
    const { installation } = facts;
    const pools = configurationOf(facts)?.pools ?? [];
    const strays = straysIn(facts, subject);
    return strays.length === 0 || installation === undefined
      ? []
      : [told(finding(strays, pools, installation.namespace), strays, subject)];
  },
});

type StrayFacts = Facts<
  'services' | 'ipAddressPools',
  'namespaces' | 'communities' | 'nodes' | 'daemonSets' | 'addressPools'
>;

/** v0.13 takes AddressPools too: where nobody collected them, an address may lie in one. */
function mayBeOld(facts: StrayFacts, subject: Subject): boolean {
  return (
    readsAddressPools(facts.installation?.controllerVersion) &&
    facts.addressPools.state !== 'absent' &&
    noAddressToJudge(facts, subject) === undefined &&
    straysIn(facts, subject).length > 0
  );
}

function straysIn(facts: StrayFacts, subject: Subject): readonly Stray[] {
  return (
    (subject === undefined ? facts.services : [subject])
      .filter((service) => isServedBy(facts.installation, service))
      // asked about one, whoever wrote it is the answer; and that is told by others
      .filter((service) => subject === undefined || !isWrittenByOthers(service, facts))
      .map((service) => ({ service, stray: strayAddresses(service, poolIndexOf(facts)) }))
      .filter(({ stray }) => stray.length > 0)
      .toSorted((a, b) => (keyOfService(a.service) < keyOfService(b.service) ? -1 : 1))
  );
}

/** Asked about one Service, its name and what it has are in the headline already. */
function told(found: Found, strays: readonly Stray[], subject: Subject): Found {
  const addresses = strays.flatMap(({ stray }) => stray).join(', ');
  return subject === undefined ? found : { ...found, says: `no pool contains ${addresses}` };
}

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
