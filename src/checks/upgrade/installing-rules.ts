import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Workload } from '../../core/facts/kube-objects.ts';
import { controllerOf, speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { defineRule, type Shown, type UpgradeRule } from './rule.ts';

const programNeeds = ['deployments', 'daemonSets', 'pods'] as const;
type ProgramFacts = Facts<(typeof programNeeds)[number]>;

/** What releases bring along beside the programs: ports, arguments, pods. */
export const installingRules: readonly UpgradeRule[] = [
  defineRule({
    id: 'metrics-and-probes-move',
    release: 'v0.16.0',
    reference: 'metallb#3055',
    title: 'metrics on port 9120 with TLS and login instead of plain on 7472; probes on 17472',
    needs: programNeeds,
    up: (facts) => portsMove(facts, { from: '7472', to: '9120 and 17472' }),
    down: (facts) => portsMove(facts, { from: '9120 and 17472', to: '7472' }),
  }),
  defineRule({
    id: 'own-pod',
    release: 'v0.16.0',
    reference: undefined,
    title: 'the controller must be told its pod (METALLB_POD_NAME) and may read it, or it exits',
    needs: programNeeds,
    up: (facts) => goesAlong(facts),
    down: (facts) => goesAlong(facts),
  }),
  defineRule({
    id: 'frr-k8s-default',
    release: 'v0.16.0',
    reference: 'metallb#3053',
    title: 'FRR-K8s is the default of BGP and comes with the chart; FRR mode is deprecated',
    needs: [...programNeeds, 'bgpAdvertisements'],
    up: (facts) => {
      const home = facts.installation?.namespace;
      const ads = facts.bgpAdvertisements.filter(({ metadata }) => metadata.namespace === home);
      const workload = controllerOf(facts)?.workload;
      const isThere = facts.installation?.bgpType === 'frr-k8s';
      const isChart = workload?.metadata.labels['helm.sh/chart'] !== undefined;
      if (isThere || (!isChart && ads.length === 0)) {
        return [];
      }
      const value: Remedy = {
        says: 'with the chart, say what you want: frrk8s.enabled=true, or false together with speaker.frr.enabled (frr-k8s.enabled has no effect)',
        mutates: false,
      };
      return ads.length === 0
        ? [
            {
              weight: 'changes' as const,
              says: 'the chart adds the pods of FRR-K8s although nothing here uses BGP',
              details: [],
              objects: [],
              before: [value],
            },
          ]
        : [
            {
              weight: isChart ? ('breaks' as const) : ('changes' as const),
              says: `BGP is used here (${ads.length} BGPAdvertisement${ads.length === 1 ? '' : 's'}): sessions restart when the backend changes, and routes are gone meanwhile`,
              details: [],
              objects: ads.map(refOf),
              before: [value],
            },
          ];
    },
  }),
  defineRule({
    id: 'ignore-flag',
    release: 'v0.14.4',
    reference: 'metallb#2280',
    title: 'speakers know --ignore-exclude-lb',
    needs: programNeeds,
    down: (facts) => {
      const speaker = speakerOf(facts)?.workload;
      return facts.installation?.ignoresExcludeLabel !== true || speaker === undefined
        ? []
        : [
            {
              weight: 'breaks' as const,
              title:
                'speakers do not know --ignore-exclude-lb before this release, and do not start with it',
              says: `${speaker.kind} ${speaker.metadata.name} is started with it`,
              details: [],
              objects: [refOf(speaker)],
              before: [{ says: 'take the argument out with the images', mutates: false }],
            },
          ];
    },
  }),
];

function portsMove(
  facts: ProgramFacts,
  { from, to }: { readonly from: string; readonly to: string },
): readonly Shown[] {
  const workloads = workloadsOf(facts);
  return workloads.length === 0
    ? []
    : [
        {
          weight: 'changes',
          says: `whatever reaches port ${from} of ${workloads.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(' and ')} finds nothing there: ServiceMonitors, alerts, NetworkPolicies, firewalls of the nodes`,
          details: [],
          objects: workloads.map(refOf),
          before: [
            { says: `open ${to} in host firewalls and NetworkPolicies`, mutates: false },
            {
              says: 'give Prometheus scheme https and a token that may read metrics',
              mutates: false,
            },
          ],
        },
      ];
}

function goesAlong(facts: ProgramFacts): readonly Shown[] {
  const controller = controllerOf(facts)?.workload;
  return controller === undefined
    ? []
    : [
        {
          weight: 'changes',
          says: `exchanging the image of ${controller.kind} ${controller.metadata.name} alone does not start: arguments, probes and roles belong to the release`,
          details: [],
          objects: [refOf(controller)],
          before: [
            {
              says: 'apply chart or manifest, CRDs and images of one release together',
              mutates: false,
            },
          ],
        },
      ];
}

function workloadsOf(facts: ProgramFacts): readonly Workload[] {
  return [controllerOf(facts)?.workload, speakerOf(facts)?.workload].filter(
    (each) => each !== undefined,
  );
}
