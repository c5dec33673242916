import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Service, Workload } from '../../core/facts/kube-objects.ts';
import { announcingHelps, announcingNeeds } from '../models/announcing/speakers-at-work.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import { addressesIn } from '../models/services.ts';
import { refOf } from '../models/references.ts';
import { type RivalAnnouncer, rivalAnnouncers } from '../models/rivals/rival-announcers.ts';
import { seenField } from '../models/seen.ts';
import { layer2Scene, notInLayer2 } from '../models/layer2/scene.ts';

/** Others can answer for addresses that MetalLB gave: kube-vip with Services switched on, keepalived, the node agents of other balancers. */
export const nobodyElseAnnounces = defineCheck({
  id: 'MLB-L20',
  asks: 'Does nothing else in the cluster answer for addresses of Services?',
  symptoms: ['no-traffic'],
  causes: ['rival-announcer'],
  link: 'elsewhere',
  needs: announcingNeeds,
  helps: announcingHelps,
  enoughInNamespace: ['endpointSlices'],
  everywhere: ['daemonSets'],
  basis: 'inferred',
  skipWhen: notInLayer2,
  run: (facts, subject) => {
    const scene = layer2Scene(subject, facts);
    return scene === undefined
      ? []
      : rivalAnnouncers(scene.service, facts.daemonSets).map((rival) =>
          finding(scene.service, rival),
        );
  },
});

/** What its containers are told that contains an address of the Service. */
function wordNaming(
  service: Service,
  { spec }: Workload,
): { readonly path: string; readonly word: string } | undefined {
  const addresses = new Set(addressesIn(service).flatMap((text) => parseAddress(text) ?? []));
  const words = spec.template.containers.flatMap(({ command, args, env }) => [
    ...[...command, ...args].map((word) => ({ path: 'args', word })),
    ...Object.entries(env).map(([key, word]) => ({ path: `env ${key}`, word })),
  ]);
  return words.find(({ word }) =>
    word.split(/[^0-9a-fA-F.:]/).some((text) => {
      const address = parseAddress(text);
      return address !== undefined && addresses.has(address);
    }),
  );
}

function finding(service: Service, rival: RivalAnnouncer): Found {
  const { workload } = rival;
  const about = refOf(workload);
  const { name, namespace = 'default' } = workload.metadata;
  const named = wordNaming(service, workload);
  return {
    cause: 'rival-announcer',
    severity: rival.isApart === true && named === undefined ? 'info' : 'warning',
    about,
    affects: [refOf(service)],
    says: `${rival.name} runs too (${namespace}/${name}), and may answer for the address`,
    details: [
      `it ${rival.how}`,
      'who answers is seen on the wire: the MAC of a node that is not elected',
    ],
    because: [
      seenField(about, 'metadata.name', name),
      ...(named === undefined ? [] : [seenField(about, named.path, named.word)]),
    ],
    ...(named === undefined ? { doubts: ['it is only there for other addresses'] } : {}),
    suggests: [
      {
        says: rival.stop,
        command: kubectl`-n ${namespace} get daemonset ${name} -o yaml`,
        mutates: false,
      },
    ],
  };
}
