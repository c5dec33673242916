import { defineCheck } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { isAtLeast } from '../../core/metallb/releases.ts';
import { isFRRK8s } from '../models/programs/frr-k8s.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

/** From v0.16.0 FRR-K8s comes along unless `frrk8s.enabled=false` is said (#3053). */
export const frrk8sIsWanted = defineCheck({
  id: 'MLB-I42',
  asks: 'Is FRR-K8s there because somebody announces by BGP?',
  symptoms: ['health'],
  causes: ['frr-k8s-unasked'],
  needs: ['daemonSets', 'bgpAdvertisements'],
  helps: [],
  basis: 'observed',
  skipWhen: ({ installation, bgpAdvertisements }) => {
    if (!isAtLeast(installation?.controllerVersion, 'v0.16.0')) {
      return 'FRR-K8s comes along from v0.16.0 on';
    }
    return bgpAdvertisements.length > 0 ? 'there are BGPAdvertisements' : undefined;
  },
  run: ({ daemonSets, installation }) =>
    daemonSets
      .filter((each) => isFRRK8s(each) && each.metadata.namespace === installation?.namespace)
      .map((daemonSet) => {
        const about = refOf(daemonSet);
        const { name, namespace = '' } = daemonSet.metadata;
        return {
          cause: 'frr-k8s-unasked',
          severity: 'info' as const,
          about,
          affects: [],
          says: `${name} runs although no BGPAdvertisement needs it: from v0.16.0 it comes along by itself`,
          details: ['harmless for layer 2; it takes ports 7572, 7573, 9140 and 9141 of every node'],
          because: [
            seenField(about, 'status.desiredNumberScheduled', String(daemonSet.status.desired)),
          ],
          doubts: ['BGP is about to be set up'],
          suggests: [
            {
              says: 'leave it, or switch it off in the chart: frrk8s.enabled=false (not frr-k8s.enabled) and speaker.frr.enabled=false',
              command: kubectl`-n ${namespace} get daemonset ${name} -o wide`,
              mutates: false,
            },
          ],
        };
      }),
});
