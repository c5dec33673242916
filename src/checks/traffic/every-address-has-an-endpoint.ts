import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { shellWord } from '../../core/diagnosis/kubectl.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { electionRulesOf } from '../../core/metallb/election/election-rules.ts';
import { canServe, slicesAsRead, slicesByService } from '../../core/metallb/election/serving.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { noSlicesOfAll } from '../models/announcing/slices-of-all.ts';
import { refOf } from '../models/references.ts';
import { workedOut } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { notMetalLBs } from '../models/traffic/words.ts';
import { plural, someOf } from '../../core/facts/in-words.ts';

/** Addresses whose Service nothing can serve fall silent, which is mostly noticed by those who need them. */
export const everyAddressHasAnEndpoint = defineCheck({
  id: 'MLB-D18',
  asks: 'Can something serve each Service that has an address?',
  symptoms: ['health'],
  causes: ['silent-without-endpoints'],
  link: 'data-path',
  needs: ['services'],
  helps: ['endpointSlices'],
  skipWhen: ({ installation, endpointSlices }) => {
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    return noSlicesOfAll(endpointSlices);
  },
  run: ({ services, endpointSlices, installation }) => {
    const rules = electionRulesOf(installation?.speakerVersion);
    const slices = slicesByService(slicesAsRead(itemsIfRead(endpointSlices), rules));
    const silent = services
      .filter((service) => isServedBy(installation, service) && addressesIn(service).length > 0)
      .filter(
        (service) =>
          !(slices.get(keyOfService(service)) ?? []).some(({ endpoints }) =>
            endpoints.some(canServe),
          ),
      )
      .toSorted((a, b) => (keyOfService(a) < keyOfService(b) ? -1 : 1));
    const [first] = silent;
    return first === undefined ? [] : [finding(first, silent)];
  },
});

function finding(first: Service, silent: readonly Service[]): Found {
  const isOne = silent.length === 1;
  const about = isOne ? refOf(first) : { kind: 'Cluster', name: 'cluster' };
  const keys = silent.map(keyOfService);
  return {
    cause: 'silent-without-endpoints',
    severity: 'warning',
    about,
    affects: silent.map(refOf),
    says: isOne
      ? `nobody announces ${addressesIn(first).join(', ')} of ${keyOfService(first)}, because no endpoint of it can serve`
      : `nobody announces the addresses of ${plural(silent.length, 'Service')}, because no endpoint of theirs can serve: ${someOf(keys, 5)}`,
    details: [
      'speakers announce an address only while something can serve it; as soon as an endpoint is ready they do so by themselves',
      notMetalLBs,
    ],
    because: silent
      .slice(0, 4)
      .map((service) =>
        workedOut(refOf(service), 'metallb/speaker: no active endpoint', 'no endpoint can serve'),
      ),
    suggests: [
      {
        says: isOne ? 'ask why' : 'ask why, of each that should work',
        command: `triage no-traffic ${shellWord(keyOfService(first))}`,
        mutates: false,
      },
    ],
  };
}
