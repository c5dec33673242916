import { defineCheck } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { isAtLeast } from '../../core/metallb/releases.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

/** The ConfigMap `config` is not read since v0.13.0 (#1473), AddressPools are not since v0.14.2 (#2252). */
export const configurationIsConverted = defineCheck({
  id: 'MLB-I39',
  asks: 'Was the configuration of an older version converted?',
  symptoms: ['pending', 'health'],
  causes: ['old-configuration-ignored'],
  needs: ['ipAddressPools'],
  helps: ['configMaps'],
  alsoNeeds: () => ['configMaps'],
  skipWhen: ({ installation, ipAddressPools }) => {
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    if (installation.configMap !== undefined) {
      return 'this release still reads its ConfigMap';
    }
    return ipAddressPools.some(({ metadata }) => metadata.namespace === installation.namespace)
      ? 'there are pools of the present kind'
      : undefined;
  },
  run: (facts, subject) => {
    const { installation } = facts;
    const old = [...fromConfigMap(facts), ...fromAddressPools(facts)];
    const [first] = old;
    if (installation === undefined || first === undefined) {
      return [];
    }
    const { namespace, controllerVersion } = installation;
    return [
      {
        cause: 'old-configuration-ignored',
        severity: 'error',
        about: first.about,
        affects: everyoneOr(subject),
        says: `MetalLB ${controllerVersion ?? 'of this version'} has no pool: ${first.says}`,
        details: [...old.map(({ detail }) => detail), 'no event tells of it'],
        because: old.map(({ evidence }) => evidence),
        suggests: [
          {
            says: `write its pools as IPAddressPools, with an L2Advertisement or BGPAdvertisement, into ${namespace}; the container quay.io/metallb/configmaptocrs does it for you`,
            command: first.command,
            mutates: false,
          },
        ],
      },
    ];
  },
});

type OldFacts = Facts<never, 'configMaps'>;

interface Old {
  readonly about: { readonly kind: string; readonly namespace?: string; readonly name: string };
  readonly says: string;
  readonly detail: string;
  readonly evidence: Evidence;
  readonly command: string;
}

function fromConfigMap({ configMaps, installation }: OldFacts): readonly Old[] {
  return itemsIfRead(configMaps)
    .filter(
      ({ metadata, data }) =>
        metadata.namespace === installation?.namespace &&
        /address-pools:/.test(new Map(Object.entries(data)).get('config') ?? ''),
    )
    .slice(0, 1)
    .map((each) => ({
      about: refOf(each),
      says: `its configuration still is the ConfigMap ${each.metadata.name}, which is not read since v0.13`,
      detail: `ConfigMap ${each.metadata.namespace ?? ''}/${each.metadata.name} holds address-pools`,
      evidence: seenField(refOf(each), 'data.config', 'address-pools: …'),
      command: kubectl`-n ${each.metadata.namespace ?? ''} get configmap ${each.metadata.name} -o yaml`,
    }));
}

function fromAddressPools({ metallbResources, installation }: OldFacts): readonly Old[] {
  const isServed = metallbResources?.some((name) => name.endsWith('/addresspools'));
  if (isServed !== true || !isAtLeast(installation?.controllerVersion, 'v0.14.2')) {
    return [];
  }
  const about = { kind: 'CustomResourceDefinition', name: 'addresspools.metallb.io' };
  return [
    {
      about,
      says: 'its pools may still be AddressPools, which are not read since v0.14.2',
      detail: 'the old kind AddressPool is still defined here',
      evidence: seenField(about, 'served', 'true'),
      command: kubectl`-n ${installation?.namespace ?? ''} get addresspools.metallb.io -o yaml`,
    },
  ];
}
