import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import { agoText } from '../models/ages.ts';
import { isOfFRR, measuresOnly } from '../models/programs/frr-k8s.ts';
import type { Program } from '../models/programs/programs.ts';
import { speakerCheck } from '../models/programs/speaker-check.ts';
import { killedText } from '../models/programs/crash-remedies.ts';
import { podNames } from '../models/programs/troubled-pods.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

const named = 4;

/** In FRR mode the pod is Ready only with FRR, its reloader and its exporter; the speaker itself may be well. */
export const frrComesUp = speakerCheck({
  id: 'MLB-I37',
  asks: `Do the FRR containers of the speakers come up?`,
  cause: 'speaker-frr-failing',
  kind: 'crash',
  means: ({ trouble }) => isOfFRR(trouble.container),
  tell: ({ speaker, first, all, now }) => {
    const { container, restarts, lastEnd, exit } = first.trouble;
    const about = refOf(first.pod);
    return {
      about,
      says: `container ${container} of the speakers does not come up, so ${measuresOnly(container) ? 'their pods are never ready' : 'FRR does not run'}: ${podNames(all.slice(0, named))}`,
      details: [
        `${container}: ${restarts} restarts, last end${agoText(lastEnd, now)}: ${exit}`,
        ...killedText(first),
        measuresOnly(container)
          ? 'it only measures: sessions go on without it'
          : 'BGP sessions end with it; layer 2 does not need FRR',
      ],
      because: [
        seenField(about, `status.containerStatuses[${container}].restartCount`, String(restarts)),
      ],
      suggests: remediesFor(speaker, first.pod.metadata.name, container),
    };
  },
});

function remediesFor(
  { namespace, handle }: Program,
  pod: string,
  container: string,
): readonly Remedy[] {
  return [
    {
      says: 'read what it said before it ended',
      command: kubectl`-n ${namespace} logs ${pod} -c ${container} --previous --tail=50`,
      mutates: false,
    },
    {
      says: 'if it began with a roll-out, go back',
      command: kubectl`-n ${namespace} rollout undo ${handle}`,
      mutates: true,
    },
  ];
}
