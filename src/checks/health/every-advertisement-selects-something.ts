import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { IPAddressPool } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import {
  type Advertisement,
  advertisementName,
  advertisementsOf,
  selectsPool,
  selectsSomeNode,
} from '../models/configuration/advertisements.ts';
import { ownPools } from '../models/configuration/configuration.ts';
import { nearestName } from '../models/allocation/near.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

/** Unknown pool names and selectors without a match are accepted in silence. */
export const everyAdvertisementSelectsSomething = defineCheck({
  id: 'MLB-H02',
  asks: 'Does every advertisement select a pool and a node?',
  symptoms: ['health'],
  causes: ['advertisement-selects-nothing'],
  needs: ['ipAddressPools', 'l2Advertisements', 'bgpAdvertisements'],
  helps: ['nodes', 'namespaces', 'communities'],
  alsoNeeds: (facts) =>
    advertisementsOf(facts).some((each) => each.spec.nodeSelectors.length > 0) ? ['nodes'] : [],
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts) => {
    const pools = ownPools(facts);
    const nodes = itemsIfRead(facts.nodes);
    const all = advertisementsOf(facts);
    const reaching = all.filter((each) => selectsSomeNode(each, nodes));
    return all.flatMap((advertisement) => {
      const selected = pools.filter((pool) => selectsPool(advertisement, pool));
      if (pools.length > 0 && selected.length === 0) {
        return [withoutPool(advertisement, pools)];
      }
      const silent = selected.filter((pool) => !reaching.some((each) => selectsPool(each, pool)));
      return reaching.includes(advertisement) ? [] : [withoutNode(advertisement, silent)];
    });
  },
});

function withoutPool(advertisement: Advertisement, pools: readonly IPAddressPool[]): Found {
  const names = advertisement.spec.ipAddressPools;
  const existing = pools.map((pool) => pool.metadata.name).toSorted();
  const about = refOf(advertisement);
  return {
    cause: 'advertisement-selects-nothing',
    severity: 'warning',
    about,
    affects: [],
    says: `advertisement ${advertisementName(advertisement)} selects no pool`,
    details: [
      names.length === 0
        ? 'its selectors match the labels of no pool'
        : `it names ${names.join(', ')}`,
      `pools there are: ${existing.join(', ')}`,
      ...names.flatMap((name) => {
        const near = nearestName(name, existing);
        return near === undefined ? [] : [`perhaps "${near}" was meant by "${name}"`];
      }),
    ],
    because: [seenField(about, 'spec.ipAddressPools', names.join(', ') || '(none)')],
    suggests: [edit(advertisement, 'correct or remove it')],
  };
}

function withoutNode(advertisement: Advertisement, silent: readonly IPAddressPool[]): Found {
  const about = refOf(advertisement);
  const pools = silent.map((pool) => pool.metadata.name).toSorted();
  return {
    cause: 'advertisement-selects-nothing',
    severity: silent.length > 0 ? 'error' : 'warning',
    about,
    affects: [],
    says:
      silent.length > 0
        ? `advertisement ${advertisementName(advertisement)} selects no node, so nobody announces pool ${pools.join(', ')}`
        : `advertisement ${advertisementName(advertisement)} selects no node`,
    details: ['its nodeSelectors match the labels of no node'],
    because: [
      seenField(about, 'spec.nodeSelectors', JSON.stringify(advertisement.spec.nodeSelectors)),
    ],
    suggests: [
      edit(advertisement, 'correct its nodeSelectors'),
      {
        says: 'see the labels of the nodes',
        command: 'kubectl get nodes --show-labels',
        mutates: false,
      },
    ],
  };
}

function edit(advertisement: Advertisement, says: string) {
  const { name, namespace = 'metallb-system' } = advertisement.metadata;
  return {
    says,
    command: kubectl`-n ${namespace} edit ${advertisement.kind.toLowerCase()} ${name}`,
    mutates: true,
  };
}
