import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { type BGPFacts, otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { isFRRK8s } from '../models/programs/frr-k8s.ts';
import { speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

/** In FRR and FRR-K8s mode the speaker speaks no BGP itself: something else has to run beside it. */
export const frrIsThere = bgpCheck({
  id: 'MLB-B12',
  asks: 'Does what speaks BGP for the speakers run here at all?',
  causes: ['bgp-backend-missing'],
  link: 'eligible',
  basis: 'observed',
  skip: (_, { installation }) => {
    const isOther = installation?.bgpType === 'frr' || installation?.bgpType === 'frr-k8s';
    return isOther ? undefined : 'the speakers speak BGP themselves';
  },
  alsoNeeds: (_, { installation, frrNodeStates }) =>
    installation?.bgpType === 'frr-k8s' && frrNodeStates.state !== 'absent'
      ? ['frrNodeStates']
      : [],
  run: (way, facts) => {
    const speaker = speakerOf(facts)?.workload;
    const missing =
      facts.installation?.bgpType === 'frr' ? frrMissing(facts) : frrK8sMissing(facts);
    if (speaker === undefined || missing === undefined) {
      return [];
    }
    const about = refOf(speaker);
    return [
      {
        cause: 'bgp-backend-missing',
        severity: severityOn(way),
        about,
        says: `the speakers leave BGP to ${missing.name} (METALLB_BGP_TYPE=${facts.installation?.bgpType ?? ''}), and ${missing.says}: nobody speaks BGP`,
        details: [missing.means, ...otherWayLines(way)],
        because: [
          seenField(about, 'spec.template METALLB_BGP_TYPE', facts.installation?.bgpType ?? ''),
        ],
        suggests: [
          {
            says: missing.remedy,
            command: kubectl`get daemonsets -A`,
            mutates: false,
          },
        ],
      },
    ];
  },
});

interface Missing {
  readonly name: string;
  readonly says: string;
  readonly means: string;
  readonly remedy: string;
}

function frrMissing(facts: BGPFacts): Missing | undefined {
  const containers = speakerOf(facts)?.workload?.spec.template.containers ?? [];
  return containers.some(({ name }) => name === 'frr')
    ? undefined
    : {
        name: 'FRR in their own pods',
        says: 'their pods have no container frr',
        means:
          'the setting and the pods are of different manifests: the flavours native and frr do not mix',
        remedy: 'apply one flavour whole (chart: speaker.frr.enabled)',
      };
}

function frrK8sMissing({ daemonSets, frrNodeStates }: BGPFacts): Missing | undefined {
  const isSeen = frrNodeStates.state === 'read' && frrNodeStates.items.length > 0;
  return isSeen || daemonSets.some(isFRRK8s)
    ? undefined
    : {
        name: 'FRR-K8s',
        says: 'there is no FRR-K8s in this cluster',
        means:
          frrNodeStates.state === 'absent'
            ? 'its kinds (frrk8s.metallb.io) are not served either'
            : 'no node has an FRRNodeState',
        remedy:
          'install FRR-K8s (chart: frrk8s.enabled=true), or let the speakers do without it (METALLB_BGP_TYPE)',
      };
}
