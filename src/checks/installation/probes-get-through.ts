import { defineCheck } from '../../core/diagnosis/check.ts';
import { blockedProbeFindings } from '../models/programs/blocked-probes.ts';
import { controllerOf, isReady, speakerOf } from '../models/programs/programs.ts';

/** A probe that a packet filter swallows looks like a program that does not work. */
export const probesGetThrough = defineCheck({
  id: 'MLB-I36',
  asks: `Do the kubelet's probes get through to MetalLB's pods?`,
  symptoms: ['pending', 'health'],
  causes: ['probe-blocked'],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets', 'events'],
  basis: 'inferred',
  alsoNeeds: (facts, subject) =>
    [controllerOf(facts), ...(subject === undefined ? [speakerOf(facts)] : [])]
      .flatMap((program) => program?.pods ?? [])
      .some((pod) => !isReady(pod))
      ? ['events']
      : [],
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => [
    ...blockedProbeFindings(controllerOf(facts), facts, subject),
    ...(subject === undefined ? blockedProbeFindings(speakerOf(facts), facts, subject) : []),
  ],
});
