import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { isOlder } from '../../core/metallb/releases.ts';
import { configurationOf, namespacesIfSelected } from '../models/configuration/configuration.ts';
import { isServedBy, poolIndexOf, strayAddresses } from '../models/allocation/pool-membership.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';

const shown = 5;

/** Below v0.14.2 a configuration that leaves an address in use without a pool is refused whole (#462, PR 2097). */
export const noAddressIsStranded = defineCheck({
  id: 'MLB-I19',
  asks: 'Can this old version take the new pools although addresses are in use?',
  symptoms: ['pending'],
  causes: ['config-rejected'],
  needs: ['services', 'ipAddressPools'],
  helps: ['namespaces', 'communities'],
  alsoNeeds: namespacesIfSelected,
  skipWhen: ({ installation }) => {
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    return isStrict(installation.controllerVersion)
      ? undefined
      : 'only versions below v0.14.2 refuse such pools';
  },
  run: (facts, subject) => {
    const { installation } = facts;
    const configuration = configurationOf(facts);
    if (installation === undefined || configuration?.state !== 'accepted') {
      return [];
    }
    const stranded = facts.services
      .filter((service) => isServedBy(installation, service))
      .map((service) => ({ service, stray: strayAddresses(service, poolIndexOf(facts)) }))
      .filter(({ stray }) => stray.length > 0);
    const found = finding(stranded, installation.controllerVersion ?? 'this version');
    return found === undefined ? [] : [{ ...found, affects: everyoneOr(subject) }];
  },
});

interface Stranded {
  readonly service: Service;
  readonly stray: readonly string[];
}

function finding(stranded: readonly Stranded[], version: string): Found | undefined {
  const [first] = stranded;
  if (first === undefined) {
    return undefined;
  }
  const lines = stranded
    .map(({ service, stray }) => `${keyOfService(service)} holds ${stray.join(', ')}`)
    .toSorted();
  return {
    cause: 'config-rejected',
    severity: 'error',
    about: refOf(first.service),
    affects: [],
    says: `MetalLB ${version} refuses the pools as they are, because ${lines[0]}, which none of them contains`,
    details: [
      ...lines.slice(0, shown),
      'versions from v0.14.2 on take the pools and give new addresses',
    ],
    because: stranded
      .slice(0, shown)
      .map(({ service, stray }) =>
        workedOut(
          refOf(service),
          'metallb before v0.14.2: assigned addresses',
          `no pool contains ${stray.join(', ')}`,
        ),
      ),
    doubts: ['another controller wrote these addresses'],
    suggests: [
      {
        says: 'put the old range back into a pool, or upgrade to v0.14.2 or later',
        command: 'kubectl get ipaddresspools.metallb.io -A -o yaml',
        mutates: false,
      },
    ],
  };
}

function isStrict(version: string | undefined): boolean {
  return version !== undefined && isOlder(version, 'v0.14.2');
}
