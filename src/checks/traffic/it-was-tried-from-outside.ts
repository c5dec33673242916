import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { isLocal } from '../../core/metallb/election/serving.ts';
import { refOf } from '../models/references.ts';
import { seenField, seenOnWire } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { servingOf } from '../models/traffic/backends.ts';
import { noDataPath } from '../models/traffic/question.ts';
import { someOf } from '../models/traffic/words.ts';
import { looksAt, type NamedLook } from '../models/wire/looks.ts';

/** With policy Local a node that has no endpoint of its own may not reach the address, whatever happens outside. */
export const itWasTriedFromOutside = defineCheck({
  id: 'MLB-D16',
  asks: 'With policy Local: was it tried from where it is to be reached?',
  symptoms: ['no-traffic'],
  causes: ['tried-from-a-node-without-endpoint'],
  link: 'elsewhere',
  needs: ['endpointSlices', 'nodes', 'wire'],
  helps: [],
  enoughInNamespace: ['endpointSlices'],
  skipWhen: (facts, subject) =>
    noDataPath(facts, subject) ??
    (subject !== undefined && isLocal(subject)
      ? undefined
      : 'its externalTrafficPolicy is not Local'),
  run: (facts, service) => {
    if (service === undefined) {
      return [];
    }
    const places = [
      ...new Set(servingOf(service, facts).flatMap(({ endpoint }) => endpoint.nodeName ?? [])),
    ].toSorted();
    return looksAt(service, facts)
      .filter(({ look }) => look.from.node !== undefined && !places.includes(look.from.node))
      .filter(
        ({ look }) =>
          look.ports.length > 0 && look.ports.every(({ outcome }) => outcome !== 'open'),
      )
      .map((look) => finding(service, look, places));
  },
});

function finding(service: Service, { look, address }: NamedLook, places: readonly string[]): Found {
  const about = refOf(service);
  return {
    cause: 'tried-from-a-node-without-endpoint',
    severity: 'warning',
    about,
    affects: [about],
    addresses: [address],
    says: `${address} was tried from node ${look.from.node ?? ''}, which has no endpoint of ${keyOfService(service)}: with externalTrafficPolicy Local that says nothing of clients outside`,
    details: [
      `its endpoints are on ${places.length === 0 ? 'no node that is named' : someOf(places)}`,
      'a node sends what it has for the address to its own endpoints and nowhere else, depending on the mode of kube-proxy; a pod there is no better off',
    ],
    because: [
      seenField(about, 'spec.externalTrafficPolicy', 'Local'),
      ...look.ports.map(({ protocol, port, outcome }) =>
        seenOnWire(look, `${protocol} ${port}: ${outcome}`),
      ),
    ],
    suggests: [
      {
        says: 'try it from a host of the segment that is no node of the cluster; pods reach it by its cluster IP or its name',
        mutates: false,
      },
    ],
  };
}
