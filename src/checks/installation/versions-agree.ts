import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck } from '../../core/diagnosis/check.ts';
import { controllerOf, speakerOf, type Program } from '../models/programs/programs.ts';
import { seenField } from '../models/seen.ts';

/** Controller and speakers are one release: each parses the same objects by its own rules. */
export const versionsAgree = defineCheck({
  id: 'MLB-I16',
  asks: 'Are the controller and all speakers of one version?',
  symptoms: ['health'],
  causes: ['version-skew'],
  needs: ['deployments', 'daemonSets', 'pods'],
  helps: [],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts) => {
    const { installation } = facts;
    const images = [...imagesOf(controllerOf(facts)), ...imagesOf(speakerOf(facts))];
    const { controllerVersion, speakerVersion } = installation ?? {};
    const tags = new Set(images.map(({ tag }) => tag));
    const known = controllerVersion !== undefined && speakerVersion !== undefined;
    const differ = known && controllerVersion !== speakerVersion;
    if (installation === undefined || (tags.size < 2 && !differ)) {
      return [];
    }
    const says = differ
      ? `the controller is ${controllerVersion}, the speakers are ${speakerVersion}`
      : `MetalLB's pods are of several versions: ${[...tags].toSorted().join(', ')}`;
    const about = { kind: 'Namespace', name: installation.namespace };
    return [
      {
        cause: 'version-skew',
        severity: 'warning',
        about,
        affects: [],
        says,
        details: images.map(({ pod, tag }) => `${pod}: ${tag}`).toSorted(),
        because: [
          seenField(about, 'controller version', controllerVersion ?? 'unknown'),
          seenField(about, 'speaker version', speakerVersion ?? 'unknown'),
        ],
        suggests: [
          {
            says: 'finish the roll-out, or take it back',
            command: kubectl`-n ${installation.namespace} get deployments,daemonsets -o wide`,
            mutates: false,
          },
        ],
      },
    ];
  },
});

/** The release each pod's own container was started from; images named by digest say nothing. */
function imagesOf(
  program: Program | undefined,
): readonly { readonly pod: string; readonly tag: string }[] {
  return (program?.pods ?? []).flatMap((pod) => {
    const container = pod.spec.containers.find((each) => each.name.endsWith(program?.name ?? ''));
    const tag = /:(v?\d+\.\d+\.\d+[^@/:]*)(?:@|$)/.exec(container?.image ?? '')?.[1];
    return tag === undefined ? [] : [{ pod: pod.metadata.name, tag }];
  });
}
