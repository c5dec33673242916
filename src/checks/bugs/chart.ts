import type { Workload } from '../../core/facts/kube-objects.ts';
import { speakerOf, controllerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { defineBug, type KnownBug } from './known-bug.ts';

const programNeeds = ['deployments', 'daemonSets', 'pods'] as const;

/** Faults of what the chart and the manifests of a release bring along. */
export const chartBugs: readonly KnownBug[] = [
  defineBug({
    bug: 'metallb#3058',
    related: [],
    title: 'Chart 0.16.0 does not render with its own default values',
    program: 'controller',
    since: 'v0.16.0',
    fixedIn: 'v0.16.1',
    severity: 'info',
    whatGoesWrong:
      'helm template, install and upgrade of this chart fail with the default values; an installation that exists was made with others, and the next plain upgrade fails.',
    recognisedBy: 'the label helm.sh/chart: metallb-0.16.0 on the controller',
    workaround: 'Use chart 0.16.1.',
    accountsFor: [],
    needs: programNeeds,
    signs: (facts) => {
      const workload = controllerOf(facts)?.workload;
      return workload === undefined || chartOf(workload) !== 'metallb-0.16.0'
        ? []
        : [
            {
              about: refOf(workload),
              says: 'it was installed with chart 0.16.0, which does not render with its default values',
              because: [
                seenField(refOf(workload), 'metadata.labels helm.sh/chart', 'metallb-0.16.0'),
              ],
            },
          ];
    },
  }),
  defineBug({
    bug: 'metallb#3055',
    related: [],
    title: 'Prometheus is told to scrape without TLS what speaks TLS only',
    program: 'controller',
    since: 'v0.16.0',
    fixedIn: 'v0.16.1',
    severity: 'info',
    whatGoesWrong:
      'From v0.16.0 the metrics are served on port 9120 with TLS, to clients with the right to read them. The annotations of the pods still let Prometheus ask in plain HTTP: the targets are down and no alert of MetalLB can fire.',
    recognisedBy: 'prometheus.io/scrape on a pod, without prometheus.io/scheme: https',
    workaround:
      'Set the scheme and a token for the scrape, or go to chart 0.16.1 and grant the right to read metrics.',
    accountsFor: ['metrics-port-moved'],
    needs: programNeeds,
    signs: (facts) =>
      [...(controllerOf(facts)?.pods ?? []), ...(speakerOf(facts)?.pods ?? [])]
        .filter(
          ({ metadata: { annotations } }) =>
            annotations['prometheus.io/scrape'] === 'true' &&
            annotations['prometheus.io/scheme'] !== 'https',
        )
        .slice(0, 1)
        .map((pod) => ({
          about: refOf(pod),
          says: `${pod.metadata.name} is marked to be scraped in plain HTTP, and this release serves its metrics with TLS only`,
          because: [seenField(refOf(pod), 'metadata.annotations prometheus.io/scrape', 'true')],
        })),
  }),
  defineBug({
    bug: 'metallb#3053',
    related: [],
    title: 'FRR-K8s runs although nothing uses BGP',
    program: 'controller',
    since: 'v0.16.0',
    fixedIn: undefined,
    severity: 'info',
    whatGoesWrong:
      'The chart installs FRR-K8s by default from this release on. The value that leaves it out is frrk8s.enabled; frr-k8s.enabled has no effect.',
    recognisedBy: 'a DaemonSet of FRR-K8s in an installation by chart, and no BGPAdvertisement',
    workaround: 'Set frrk8s.enabled=false in the values of the chart.',
    accountsFor: ['frr-k8s-unasked'],
    needs: [...programNeeds, 'bgpAdvertisements'],
    signs: (facts) => {
      const home = facts.installation?.namespace;
      const controller = controllerOf(facts)?.workload;
      const frr = facts.daemonSets.find(
        ({ metadata }) => metadata.namespace === home && metadata.name.includes('frr-k8s'),
      );
      const usesBgp = facts.bgpAdvertisements.some(({ metadata }) => metadata.namespace === home);
      return frr === undefined || usesBgp || controller === undefined || !chartOf(controller)
        ? []
        : [
            {
              about: refOf(frr),
              says: `DaemonSet ${frr.metadata.name} runs, and no BGPAdvertisement uses it`,
              because: [seenField(refOf(frr), 'metadata.name', frr.metadata.name)],
            },
          ];
    },
  }),
  defineBug({
    bug: 'metallb#2244',
    related: ['metallb#1833', 'metallb#2174'],
    title: 'The webhook is asked under its old name',
    program: 'controller',
    since: 'v0.14.4',
    fixedIn: undefined,
    severity: 'warning',
    whatGoesWrong:
      'v0.14.4 renamed the Service of the webhook to metallb-webhook-service, and the controller makes its certificate for that name. A webhook configuration from before, or of another chart, still sends the API server to webhook-service: every change of a pool is refused for the name in the certificate.',
    recognisedBy:
      'a ValidatingWebhookConfiguration for metallb.io that names webhook-service, without --cert-service-name to match',
    workaround:
      'Apply the webhook configuration of the running release, or start the controller with --cert-service-name=webhook-service.',
    accountsFor: ['webhook-name-differs', 'webhook-unreachable-risk'],
    needs: [...programNeeds, 'validatingWebhooks'],
    signs: (facts) => {
      const home = facts.installation?.namespace;
      const containers = controllerOf(facts)?.workload?.spec.template.containers ?? [];
      const isRenamed = containers.some(({ args }) =>
        args.some((each) => each.includes('cert-service-name')),
      );
      const old = facts.validatingWebhooks.find(({ webhooks }) =>
        webhooks.some(
          ({ service, rules }) =>
            service?.namespace === home &&
            service?.name === 'webhook-service' &&
            rules.some(({ apiGroups }) => apiGroups.includes('metallb.io')),
        ),
      );
      return old === undefined || isRenamed
        ? []
        : [
            {
              about: refOf(old),
              says: `${old.metadata.name} asks webhook-service, and the certificate of this release is for metallb-webhook-service`,
              because: [
                seenField(refOf(old), 'webhooks[].clientConfig.service.name', 'webhook-service'),
              ],
            },
          ];
    },
  }),
];

function chartOf({ metadata }: Workload): string | undefined {
  return metadata.labels['helm.sh/chart'];
}
