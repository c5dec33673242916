import { defineCheck } from '../../core/diagnosis/check.ts';
import type { IPAddressPool, Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead, type Reading } from '../../core/facts/reading.ts';
import { everyoneOr } from '../models/reach.ts';

/** Without MetalLB (or a cloud's controller) nobody gives a LoadBalancer Service an address. */
export const metallbIsInstalled = defineCheck({
  id: 'MLB-I01',
  asks: 'Is MetalLB installed?',
  symptoms: ['pending', 'health', 'no-traffic'],
  causes: ['metallb-not-installed'],
  needs: [],
  helps: ['deployments', 'daemonSets', 'ipAddressPools', 'services'],
  everywhere: ['deployments', 'daemonSets'],
  link: 'advertised',
  basis: 'observed',
  // Only the whole list can say that there is none; one that was found needs no more proof.
  alsoNeeds: ({ installations }) => (installations.length > 0 ? [] : ['deployments', 'daemonSets']),
  run: (facts, subject) => {
    if (facts.installations.length > 0 || itemsIfRead(facts.ipAddressPools).length > 0) {
      return [];
    }
    return [
      {
        cause: 'metallb-not-installed',
        severity: 'error',
        about: { kind: 'Cluster', name: 'cluster' },
        affects: everyoneOr(subject),
        says: 'no MetalLB is installed in this cluster, so nobody hands out addresses',
        details: [
          'no Deployment or DaemonSet in any namespace looks like MetalLB by image, labels or name',
          ...definitionsLine(facts.ipAddressPools, facts.metallbResources),
          ...strangeCluster(facts.services),
        ],
        because: [],
        doubts: [
          'MetalLB runs under a name and from an image that do not show it: name its namespace with --metallb-namespace',
        ],
        suggests: [
          {
            says: 'install MetalLB, or find out who removed it',
            command: 'kubectl get deployments,daemonsets -A | grep -i metallb',
            mutates: false,
          },
        ],
      },
    ];
  },
});

/** Without a single Service that could want an address, it may be another cluster that was meant. */
function strangeCluster(services: Reading<Service>): readonly string[] {
  return services.state === 'read' &&
    services.within === undefined &&
    !services.items.some(({ spec }) => spec.type === 'LoadBalancer')
    ? ['no Service is of type LoadBalancer either: make sure that this is the cluster you mean']
    : [];
}

/** Who neither read pools nor knows what is served knows nothing of the definitions. */
function definitionsLine(
  pools: Reading<IPAddressPool>,
  served: readonly string[] | undefined,
): readonly string[] {
  const isServed = served?.some((name) => name.endsWith('/ipaddresspools')) === true;
  switch (pools.state) {
    case 'absent':
      return [definitions('not installed')];
    case 'read':
      return [definitions('installed')];
    case 'forbidden':
    case 'failed':
      return isServed ? [definitions('installed')] : [];
  }
}

function definitions(state: string): string {
  return `its resource definitions (ipaddresspools.metallb.io) are ${state}`;
}
