import { defineCheck, type Subject } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { AddressPool } from '../../core/facts/kube-objects.ts';
import type { ObjectRef } from '../../core/facts/object-ref.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { isAtLeast } from '../../core/metallb/releases.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import {
  type LeftOverFacts,
  leftOverPools,
  missedPools,
} from '../models/configuration/left-over-pools.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

/** The ConfigMap `config` is not read since v0.13.0 (#1473), AddressPools are not since v0.14.2 (#2252). */
export const configurationIsConverted = defineCheck({
  id: 'MLB-I39',
  asks: 'Was the configuration of an older version converted?',
  symptoms: ['pending', 'health', 'no-traffic'],
  causes: ['old-configuration-ignored'],
  link: 'advertised',
  needs: ['ipAddressPools'],
  helps: ['configMaps', 'addressPools', 'services', 'namespaces', 'communities'],
  alsoNeeds: (facts) => (ownPools(facts).length > 0 ? [] : ['configMaps']),
  skipWhen: (facts, subject) => {
    const { installation } = facts;
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    if (installation.configMap !== undefined) {
      return 'this release still reads its ConfigMap';
    }
    return ownPools(facts).length > 0 && missed(facts, subject).length === 0
      ? 'there are pools of the present kind'
      : undefined;
  },
  run: (facts, subject) => {
    const { installation } = facts;
    const isWithout = ownPools(facts).length === 0;
    const old = isWithout
      ? [...fromConfigMap(facts), ...fromAddressPools(facts)]
      : missed(facts, subject);
    const [first] = old;
    if (installation === undefined || first === undefined) {
      return [];
    }
    const { namespace, controllerVersion = 'of this version' } = installation;
    return [
      {
        cause: 'old-configuration-ignored',
        severity: 'error',
        about: first.about,
        affects: isWithout ? everyoneOr(subject) : old.flatMap(({ wantedBy = [] }) => wantedBy),
        says: `MetalLB ${controllerVersion} ${isWithout ? 'has no pool' : 'lacks a pool'}: ${first.says}`,
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

type OldFacts = LeftOverFacts & Facts<'ipAddressPools', 'configMaps'>;

interface Old {
  readonly about: { readonly kind: string; readonly namespace?: string; readonly name: string };
  readonly says: string;
  readonly detail: string;
  readonly evidence: Evidence;
  readonly command: string;
  /** Where there are other pools: the Services that count on this one. */
  readonly wantedBy?: readonly ObjectRef[];
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

/** Those that are there, or the mere kind where nobody listed it. */
function fromAddressPools(facts: OldFacts): readonly Old[] {
  const { metallbResources, installation, addressPools } = facts;
  if (!isAtLeast(installation?.controllerVersion, 'v0.14.2')) {
    return [];
  }
  if (addressPools.state === 'read') {
    return leftOverPools(facts).map((pool) =>
      oldPool(pool, `its pool still is the AddressPool ${pool.metadata.name}, which ${notRead}`),
    );
  }
  const isServed = metallbResources?.some((name) => name.endsWith('/addresspools'));
  const about = { kind: 'CustomResourceDefinition', name: 'addresspools.metallb.io' };
  return isServed === true
    ? [
        {
          about,
          says: `its pools may still be AddressPools, which are not read since v0.14.2`,
          detail: 'the old kind AddressPool is still defined here',
          evidence: seenField(about, 'served', 'true'),
          command: kubectl`-n ${installation?.namespace ?? ''} get addresspools.metallb.io -o yaml`,
        },
      ]
    : [];
}

const notRead = 'is not read since v0.14.2';

/** AddressPools that no program reads any more, where there are pools of today. */
function missed(facts: OldFacts, subject: Subject): readonly Old[] {
  return missedPools(facts, subject).map(({ pool, wanted, services }) => ({
    ...oldPool(
      pool,
      wanted === pool.metadata.name
        ? `the pool ${wanted} is an AddressPool, which ${notRead}`
        : `${wanted} lies in the AddressPool ${pool.metadata.name} alone, which ${notRead}`,
    ),
    wantedBy: services.map(refOf),
  }));
}

function oldPool(pool: AddressPool, says: string): Old {
  const { name, namespace = '' } = pool.metadata;
  const addresses = pool.spec.addresses.join(', ');
  return {
    about: refOf(pool),
    says,
    detail: `AddressPool ${namespace}/${name}: ${addresses}`,
    evidence: seenField(refOf(pool), 'spec.addresses', addresses),
    command: kubectl`-n ${namespace} get addresspools.metallb.io -o yaml`,
  };
}
