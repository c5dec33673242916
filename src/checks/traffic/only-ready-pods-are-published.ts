import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { isReady } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenEvent, seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { podsBehind, stays } from '../models/traffic/backends.ts';
import {
  summaryOf,
  type Unready,
  unreadyLine,
  unreadyOf,
  unreadyRemedies,
} from '../models/traffic/pod-state.ts';
import { noSelector } from '../models/traffic/question.ts';
import { notMetalLBs } from '../models/traffic/words.ts';

/** With publishNotReadyAddresses a pod takes part in the traffic whatever its readiness probe says. */
export const onlyReadyPodsArePublished = defineCheck({
  id: 'MLB-D13',
  asks: 'Is traffic sent to ready pods only?',
  symptoms: ['no-traffic'],
  causes: ['unready-pods-published'],
  link: 'data-path',
  basis: 'observed',
  needs: [],
  helps: ['pods', 'events'],
  enoughInNamespace: ['pods'],
  alsoNeeds: () => ['pods'],
  skipWhen: (facts, subject) =>
    noSelector(facts, subject) ??
    (subject?.spec.publishNotReadyAddresses === true
      ? undefined
      : 'the Service does not set publishNotReadyAddresses'),
  run: (facts, service) => {
    const pods = service === undefined ? [] : (podsBehind(service, facts) ?? []).filter(stays);
    const unready = pods
      .filter((pod) => !isReady(pod))
      .flatMap((pod) => unreadyOf(pod, facts) ?? [])
      .toSorted((a, b) => (a.pod.metadata.name < b.pod.metadata.name ? -1 : 1));
    const [first] = unready;
    return service === undefined || first === undefined
      ? []
      : [finding(service, { first, unready, count: pods.length }, facts.takenAt)];
  },
});

interface Scene {
  readonly first: Unready;
  readonly unready: readonly Unready[];
  readonly count: number;
}

function finding(service: Service, { first, unready, count }: Scene, now: string): Found {
  const about = refOf(service);
  const { name, namespace = 'default' } = service.metadata;
  const patch = JSON.stringify({ spec: { publishNotReadyAddresses: false } });
  return {
    cause: 'unready-pods-published',
    severity: unready.length === count ? 'error' : 'warning',
    about,
    affects: [about],
    says: `${keyOfService(service)} sends traffic to pods that are not ready (publishNotReadyAddresses), and ${count === 1 ? 'its only pod is' : `${unready.length} of ${count} pods are`} not: ${summaryOf(first, unready.length)}`,
    details: [
      ...unready.slice(0, 4).map((each) => unreadyLine(each, now)),
      'its endpoints all pass for ready, so the address is announced and connections reach pods that may refuse them',
      notMetalLBs,
    ],
    because: [
      seenField(about, 'spec.publishNotReadyAddresses', 'true'),
      seenField(refOf(first.pod), 'status.conditions[Ready]', 'False'),
      ...(first.probe === undefined ? [] : [seenEvent(first.probe)]),
    ],
    suggests: [
      ...unreadyRemedies(first),
      {
        says: 'switch publishNotReadyAddresses off, unless its pods need to find one another while they start',
        command: kubectl`-n ${namespace} patch service ${name} --type=merge -p ${patch}`,
        mutates: true,
      },
    ],
  };
}
