import type { Found } from '../../../core/diagnosis/check.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import { isFRRK8s } from '../programs/frr-k8s.ts';
import { speakerOf } from '../programs/programs.ts';
import { refOf } from '../references.ts';
import { seenField } from '../seen.ts';

/** What tells whether FRR is there; of either of its kinds any object shows it. */
export type BackendFacts = Facts<'daemonSets' | 'pods', 'deployments' | 'bgpSessionStates'> &
  Partial<Facts<never, 'frrNodeStates'>>;

/** That nothing speaks BGP for the speakers, but for how much it matters and to whom. */
export function backendMissing(
  facts: BackendFacts,
): Omit<Found, 'severity' | 'affects'> | undefined {
  const speaker = speakerOf(facts)?.workload;
  const { bgpType } = facts.installation ?? {};
  const missing = missingFor(facts);
  if (speaker === undefined || missing === undefined) {
    return undefined;
  }
  const about = refOf(speaker);
  return {
    cause: 'bgp-backend-missing',
    about,
    says: `the speakers leave BGP to ${missing.name} (METALLB_BGP_TYPE=${bgpType ?? ''}), and ${missing.says}: nobody speaks BGP`,
    details: [missing.means],
    because: [seenField(about, 'spec.template METALLB_BGP_TYPE', bgpType ?? '')],
    suggests: [
      {
        says: missing.remedy,
        command: kubectl`get daemonsets -A`,
        mutates: false,
      },
    ],
  };
}

function missingFor(facts: BackendFacts): Missing | undefined {
  const { bgpType } = facts.installation ?? {};
  if (bgpType === 'frr') {
    return frrMissing(facts);
  }
  return bgpType === 'frr-k8s' ? frrK8sMissing(facts) : undefined;
}

interface Missing {
  readonly name: string;
  readonly says: string;
  readonly means: string;
  readonly remedy: string;
}

function frrMissing(facts: BackendFacts): Missing | undefined {
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

function frrK8sMissing({
  daemonSets,
  frrNodeStates,
  bgpSessionStates,
}: BackendFacts): Missing | undefined {
  const states = frrNodeStates ?? bgpSessionStates;
  const isKnownEmpty = states.state === 'read' && states.items.length === 0;
  if ((states.state !== 'absent' && !isKnownEmpty) || daemonSets.some(isFRRK8s)) {
    return undefined;
  }
  const unwritten =
    frrNodeStates === undefined ? 'there is no BGPSessionState' : 'no node has an FRRNodeState';
  return {
    name: 'FRR-K8s',
    says: 'there is no FRR-K8s in this cluster',
    means: isKnownEmpty ? unwritten : 'its kinds (frrk8s.metallb.io) are not served either',
    remedy:
      'install FRR-K8s (chart: frrk8s.enabled=true), or let the speakers do without it (METALLB_BGP_TYPE)',
  };
}
