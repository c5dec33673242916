import { defineCheck } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { KubeEvent } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { agoText } from '../models/ages.ts';
import { tellsOfCall } from '../models/webhook/calls.ts';
import { eventsWithoutPools, noEventsNoMatter } from '../models/testimony/events-at-need.ts';
import { unescaped } from '../models/testimony/unescaped.ts';
import { everyoneOr } from '../models/reach.ts';
import { seenEvent } from '../models/seen.ts';

const appliers: ReadonlyMap<string, string> = new Map([
  ['Application', 'applications.argoproj.io'],
  ['ApplicationSet', 'applicationsets.argoproj.io'],
  ['Kustomization', 'kustomizations.kustomize.toolkit.fluxcd.io'],
  ['HelmRelease', 'helmreleases.helm.toolkit.fluxcd.io'],
  ['HelmChart', 'helmcharts'],
  ['Bundle', 'bundles.fleet.cattle.io'],
]);

const failed = /fail|error|denied|invalid|unable|no matches for kind|timed out/i;

/** What GitOps or Helm cannot apply is not in the cluster, however right it stands in Git. */
export const gitOpsCanApply = defineCheck({
  id: 'MLB-I43',
  asks: `Can GitOps or Helm apply MetalLB's objects?`,
  symptoms: ['pending', 'health'],
  causes: ['git-ops-cannot-apply'],
  byWordsAlone: true,
  needs: [],
  helps: ['events', 'ipAddressPools'],
  basis: 'inferred',
  alsoNeeds: eventsWithoutPools,
  skipWhen: noEventsNoMatter,
  run: (facts, subject) => {
    const event = newestFailure(itemsIfRead(facts.events));
    if (event === undefined) {
      return [];
    }
    const { kind, name, namespace = 'default' } = event.about;
    const message = unescaped(event.message);
    const hasPools = facts.ipAddressPools.state !== 'read' || facts.ipAddressPools.items.length > 0;
    return [
      {
        cause: 'git-ops-cannot-apply',
        severity: hasPools ? 'warning' : 'error',
        about: { kind, namespace, name },
        affects: everyoneOr(subject),
        says: `${kind} ${namespace}/${name} cannot apply what it holds for MetalLB, so the cluster is not as Git says`,
        details: [
          `${event.reason}${agoText(event.lastAt, facts.takenAt)}: ${message.slice(0, longest)}`,
          ...hintsFor(message),
        ],
        because: [seenEvent(event)],
        doubts: ['it was tried again since, and went well'],
        suggests: [
          {
            says: 'see what it says now, mend that, and sync again',
            command: kubectl`-n ${namespace} describe ${appliers.get(kind) ?? kind} ${name}`,
            mutates: false,
          },
        ],
      },
    ];
  },
});

const longest = 400;

/** The last word of each applier counts: a success after it has settled the matter. */
function newestFailure(events: readonly KubeEvent[]): KubeEvent | undefined {
  const byObject = Map.groupBy(
    events.filter(({ about }) => appliers.has(about.kind)),
    ({ about }) => `${about.kind} ${about.namespace}/${about.name}`,
  );
  return [...byObject.values()]
    .flatMap((own) => own.toSorted((a, b) => timeOf(b) - timeOf(a)).slice(0, 1))
    .filter(isAboutMetalLB)
    .toSorted((a, b) => timeOf(b) - timeOf(a))[0];
}

/** MetalLB's own webhook that cannot be called is told by MLB-I25. Older Flux writes failures as Normal events "error". */
function isAboutMetalLB({ type, reason, about, message }: KubeEvent): boolean {
  return (
    (type === 'Warning' || reason === 'error') &&
    failed.test(message) &&
    !tellsOfCall(message) &&
    (/metallb/i.test(about.name) || /metallb/i.test(message))
  );
}

function timeOf({ lastAt, firstAt }: KubeEvent): number {
  return Date.parse(lastAt ?? firstAt ?? '') || 0;
}

function hintsFor(message: string): readonly string[] {
  return hints.filter(([words]) => words.test(message)).map(([, says]) => says);
}

const hints: readonly (readonly [RegExp, string])[] = [
  [
    /no matches for kind(?! "PodSecurityPolicy")/,
    'the definitions (CRDs) were not there yet: sync them first, or again',
  ],
  [
    /no matches for kind "PodSecurityPolicy"/,
    'Kubernetes has no PodSecurityPolicy since v1.25, and the release that Helm remembers holds one: take it out of that (helm mapkubeapis), and use a chart from v0.13.5 on',
  ],
  [
    /failed calling webhook "?metallbvalidation/,
    `that is the webhook of the MetalLB operator, which guards the resource MetalLB: see deployment/metallb-operator-controller-manager`,
  ],
  [
    /failed calling webhook "?frr[\w.-]*metallb\.io/,
    `that is the webhook of FRR-K8s and not MetalLB's own: see its pod (frr-k8s-webhook-server or frr-k8s-statuscleaner)`,
  ],
  [
    /(?:template: metallb\/|execution error at \(metallb\/|nil pointer evaluating)/,
    'the chart itself does not render: v0.16.0 fails with default values, v0.16.1 mends it (#3058)',
  ],
  [
    /admission webhook "[^"]*metallb\.io" denied/,
    `MetalLB's webhook read the object and refuses what it says`,
  ],
  [
    /field is immutable/,
    'an object of an older release has to be deleted before the new one can be applied',
  ],
  [
    /\.status\b.*field not declared in schema|unknown field/,
    'the definitions (CRDs) are older than the objects',
  ],
];
