import type { Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { refOf } from '../models/references.ts';
import { type RivalAnnouncer, rivalAnnouncers } from '../models/rivals/rival-announcers.ts';
import { seenField } from '../models/seen.ts';
import { layer2Check } from '../models/layer2/layer2-check.ts';

/** Others can answer for addresses that MetalLB gave: kube-vip with Services switched on, keepalived, the node agents of other balancers. */
export const nobodyElseAnnounces = layer2Check({
  id: 'MLB-L20',
  asks: 'Does nothing else in the cluster answer for addresses of Services?',
  causes: ['rival-announcer'],
  link: 'elsewhere',
  everywhere: ['daemonSets'],
  basis: 'inferred',
  run: ({ service }, { daemonSets, pods }) =>
    rivalAnnouncers(service, daemonSets, pods).map((rival) => finding(service, rival)),
});

function finding(service: Service, rival: RivalAnnouncer): Found {
  const { about, named, noted, note = '' } = rival;
  const { kind, name, namespace = 'default' } = about;
  return {
    cause: 'rival-announcer',
    severity: isOnlyPerhaps(rival) ? 'info' : 'warning',
    about,
    affects: [refOf(service)],
    says:
      noted === undefined
        ? `${rival.name} runs too (${namespace}/${name}), and may answer for the address`
        : `${rival.name} noted on the Service that it announces it from ${noted}`,
    details: [
      `it ${rival.how}`,
      'who answers is seen on the wire: the MAC of a node that is not elected',
    ],
    because: [
      noted === undefined
        ? seenField(about, 'metadata.name', name)
        : seenField(about, `metadata.annotations[${note}]`, noted),
      ...(named === undefined ? [] : [seenField(about, named.path, named.word)]),
    ],
    doubts: doubtsOf(rival),
    suggests: [
      {
        says: rival.stop,
        command: kubectl`-n ${namespace} get ${kind.toLowerCase()} ${name} -o yaml`,
        mutates: false,
      },
    ],
  };
}

/** Nothing tells that it holds this address now: it has others of its own, or only its note was seen. */
function isOnlyPerhaps({ isApart, named, noted }: RivalAnnouncer): boolean {
  return noted !== undefined || (isApart === true && named === undefined);
}

function doubtsOf({ name, named, noted }: RivalAnnouncer): readonly string[] {
  if (noted !== undefined) {
    return [`${name} is gone, and its note was left behind: none of its DaemonSets was seen`];
  }
  return named === undefined ? ['it is only there for other addresses'] : [];
}
