import { backendMissing } from '../models/bgp/backend-missing.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { isFRRK8s } from '../models/programs/frr-k8s.ts';

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
  alsoNeeds: (_, { installation, frrNodeStates, daemonSets }) =>
    installation?.bgpType === 'frr-k8s' &&
    frrNodeStates.state !== 'absent' &&
    !daemonSets.some(isFRRK8s)
      ? ['frrNodeStates']
      : [],
  run: (way, facts) => {
    const told = backendMissing(facts);
    return told === undefined
      ? []
      : [
          {
            ...told,
            severity: severityOn(way),
            details: [...told.details, ...otherWayLines(way)],
          },
        ];
  },
});
