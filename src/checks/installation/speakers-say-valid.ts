import { defineCheck } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { configurationOf, type ConfigurationFacts } from '../models/configuration/configuration.ts';
import { invalidStates, nodeOfState } from '../models/configuration/invalid-states.ts';
import { createPassword, wantedSecret } from '../models/programs/missing-secrets.ts';
import { poolIndexOf, strayAddresses } from '../models/allocation/pool-membership.ts';
import { speakerOf } from '../models/programs/programs.ts';
import { keyOfService } from '../models/services.ts';
import { refusalsBySpeakers } from '../models/configuration/speaker-configuration.ts';

/** The word of the speakers themselves (v0.15.3), for what cannot be worked out from the objects: Secrets above all. */
export const speakersSayValid = defineCheck({
  id: 'MLB-I21',
  asks: 'Do the speakers say that their configuration is valid?',
  symptoms: ['health'],
  causes: ['config-rejected'],
  needs: ['configurationStates', 'ipAddressPools', 'deployments', 'daemonSets', 'pods'],
  helps: [
    'l2Advertisements',
    'bgpAdvertisements',
    'nodes',
    'bgpPeers',
    'bfdProfiles',
    'communities',
    'namespaces',
    'services',
  ],
  basis: 'observed',
  skipWhen: (facts) => {
    if (facts.installation === undefined) {
      return 'no MetalLB was found';
    }
    return configurationOf(facts)?.state === 'rejected'
      ? 'the pools themselves cannot be loaded (MLB-I09)'
      : undefined;
  },
  run: (facts) => {
    const explained = new Set(refusalsBySpeakers(facts).flatMap(({ nodes }) => nodes));
    const nodes = new Set(speakerOf(facts)?.pods.map((pod) => pod.spec.nodeName));
    const found = invalidStates(
      facts.configurationStates.filter((state) => {
        const node = nodeOfState(state);
        return (
          state.metadata.namespace === facts.installation?.namespace &&
          state.status.result === 'Invalid' &&
          node !== undefined &&
          nodes.has(node) &&
          !explained.has(node)
        );
      }),
      facts.takenAt,
    );
    return found === undefined
      ? []
      : [
          {
            ...found,
            affects: [],
            details: [...found.details, ...meaning(found.details, facts)],
            suggests: [...passwords(found.details, facts), ...found.suggests],
          },
        ];
  },
});

function passwords(details: readonly string[], facts: Facts<never, 'bgpPeers'>): readonly Remedy[] {
  const words = details.find((line) => line.includes('secret ref not found')) ?? '';
  const wanted = wantedSecret(words, facts);
  return wanted === undefined ? [] : [createPassword(wanted.namespace, wanted.secret)];
}

type StrayFacts = ConfigurationFacts & Facts<never, 'services'>;

/** Faults that end by themselves as soon as something else happens. */
function meaning(details: readonly string[], facts: StrayFacts): readonly string[] {
  if (details.some((line) => line.includes('secret ref not found'))) {
    return [
      'it waits for a Secret: as soon as that exists the speakers load the configuration by themselves',
    ];
  }
  const strays = itemsIfRead(facts.services)
    .flatMap((service) =>
      strayAddresses(service, poolIndexOf(facts)).map((ip) => `${keyOfService(service)} (${ip})`),
    )
    .toSorted();
  return strays.length > 0 && details.some((line) => line.includes('general handler sync state'))
    ? [
        `a speaker takes no configuration while it announces an address that no pool contains: ${strays.slice(0, 5).join(', ')}; it goes on as soon as the controller has cleared that`,
      ]
    : [];
}
