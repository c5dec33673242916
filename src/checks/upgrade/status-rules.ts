import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { refOf } from '../models/references.ts';
import { defineRule, type Shown, type UpgradeRule } from './rule.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** Kinds in which programs write down what they did, which come and go with releases. */
export const statusRules: readonly UpgradeRule[] = [
  statusKind('servicel2statuses', {
    release: 'v0.14.6',
    who: 'the speakers',
    without:
      'which node answers for a Service is then told by events (nodeAssigned) and logs only, unless the speakers are started with --enable-l2-service-status',
  }),
  statusKind('servicebgpstatuses', {
    release: 'v0.15.0',
    who: 'the speakers',
    without: 'to which peers a Service is announced is then told by logs only',
  }),
  statusKind('configurationstates', {
    release: 'v0.15.3',
    who: 'controller and speakers',
    without:
      'whether controller and speakers took their configuration is then told by logs and metrics only; objects of this kind that stay behind tell of the past',
  }),
  defineRule({
    id: 'status-in-service-namespaces',
    release: 'v0.14.6',
    reference: undefined,
    title: "ServiceL2Status is written in MetalLB's namespace, and vanishes with its speaker",
    needs: [],
    helps: ['serviceL2Statuses'],
    up: ({ serviceL2Statuses, installation }) => {
      const left = itemsIfRead(serviceL2Statuses).filter(
        ({ metadata }) => metadata.namespace !== installation?.namespace,
      );
      const [first] = left;
      const names = left.map(({ metadata: { namespace = '', name } }) => `${namespace}/${name}`);
      const isOne = left.length === 1;
      return first === undefined
        ? []
        : [
            {
              weight: 'nice' as const,
              says: `${someOf(names)} will never change again: nobody owns ${isOne ? 'it' : 'them'}, and nobody deletes ${isOne ? 'it' : 'them'}`,
              details: [],
              objects: left.map(refOf),
              before: [
                {
                  says: `afterwards, delete ${isOne ? 'it' : 'them'}`,
                  command: kubectl`-n ${first.metadata.namespace ?? 'default'} delete servicel2statuses.metallb.io ${first.metadata.name}`,
                  mutates: true,
                },
              ],
            },
          ];
    },
  }),
  defineRule({
    id: 'bgp-session-states',
    release: 'v0.16.0',
    reference: undefined,
    title: 'FRR-K8s, from here on the default of BGP, has BGPSessionState objects for its sessions',
    needs: ['bgpAdvertisements'],
    up: ({ bgpAdvertisements, installation }) => {
      const usesBGP = bgpAdvertisements.some(
        ({ metadata }) => metadata.namespace === installation?.namespace,
      );
      return !usesBGP || installation?.bgpType === 'frr-k8s'
        ? []
        : [
            {
              weight: 'changes' as const,
              says: 'where the backend becomes FRR-K8s, sessions are told by BGPSessionState objects and no more by metrics, logs and vtysh of the speakers',
              details: [],
              objects: [],
              before: [
                {
                  says: 'look there afterwards',
                  command: kubectl`get bgpsessionstates.frrk8s.metallb.io -A -o wide`,
                  mutates: false,
                },
              ],
            },
          ];
    },
  }),
];

interface StatusKind {
  /** The first release whose programs write it whatever they are told. */
  readonly release: string;
  readonly who: string;
  /** What is missed where nobody writes it. */
  readonly without: string;
}

/** A program that may not list one of its kinds, or does not find it, waits for ever or crashes. */
function statusKind(resource: string, { release, who, without }: StatusKind): UpgradeRule {
  const isServed = (served: readonly string[]) =>
    served.some((each) => each.endsWith(`/${resource}`));
  return defineRule({
    id: `kind-${resource}`,
    release,
    reference: undefined,
    title: `${who} need this kind, and roles for it`,
    needs: [],
    up: ({ metallbResources }) =>
      metallbResources === undefined || isServed(metallbResources) ? [] : [notServedYet(resource)],
    down: ({ metallbResources }) =>
      metallbResources === undefined || !isServed(metallbResources)
        ? []
        : [
            {
              weight: 'changes',
              title: `${who} of older releases write no ${resource}.metallb.io`,
              says: without,
              details: [],
              objects: [],
              before: [
                {
                  says: 'see who reads them: dashboards, scripts, checks of a delivery',
                  command: kubectl`get ${`${resource}.metallb.io`} -A`,
                  mutates: false,
                },
              ],
            },
          ],
  });
}

function notServedYet(resource: string): Shown {
  return {
    weight: 'changes',
    says: `${resource}.metallb.io is not served here yet: apply the CRDs and roles of the release before the images, or the programs wait for it`,
    details: [],
    objects: [],
    before: [
      {
        says: 'Helm does not update CRDs of a crds/ folder; look afterwards',
        command: kubectl`get crd ${`${resource}.metallb.io`}`,
        mutates: false,
      },
    ],
  };
}
