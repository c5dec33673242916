import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Advertisement } from '../models/configuration/advertisements.ts';
import { advertisementsOf, selectsPool } from '../models/configuration/advertisements.ts';
import { heldBy, servedIn } from '../bugs/material.ts';
import { selects } from '../../core/metallb/selectors.ts';
import { poolIndexOf } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { keyOfService } from '../models/services.ts';
import { claimOf } from '../../core/metallb/claim.ts';
import { behaviourOf } from '../../core/metallb/versions.ts';
import type { Node } from '../../core/facts/kube-objects.ts';
import { isOlder } from '../../core/metallb/releases.ts';
import { defineRule, type UpgradeRule } from './rule.ts';
import { someOf } from '../../core/facts/in-words.ts';

const excludeLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** What releases do differently in announcing addresses. */
export const announcingRules: readonly UpgradeRule[] = [
  defineRule({
    id: 'exclude-label',
    release: 'v0.14.2',
    reference: 'metallb#2073',
    title: `nodes with the label ${excludeLabel} announce nothing from here on, whatever its value`,
    needs: ['nodes'],
    up: ({ nodes, installation }, { to }) => {
      const marked = excludedOf(nodes);
      const isIgnored = installation?.ignoresExcludeLabel === true && !isOlder(to, 'v0.14.4');
      if (marked.length === 0 || isIgnored) {
        return [];
      }
      const names = marked.map(({ metadata }) => metadata.name);
      const all = marked.length === nodes.length;
      const rest = all ? 'nobody is left to do so' : 'what they announce now moves to other nodes';
      return [
        {
          weight: all ? ('breaks' as const) : ('changes' as const),
          says: `${someOf(names)} will announce nothing: ${rest}`,
          details: [],
          objects: marked.map(refOf),
          before: [
            ...(isOlder(to, 'v0.14.4')
              ? []
              : [
                  {
                    says: 'start the speakers with --ignore-exclude-lb (chart: speaker.ignoreExcludeLB)',
                    mutates: false,
                  },
                ]),
            {
              says: 'or take the label off the nodes that should announce',
              command: kubectl`label node ${names[0] ?? ''} ${`${excludeLabel}-`}`,
              mutates: true,
            },
          ],
        },
      ];
    },
    down: ({ nodes }) => {
      const marked = excludedOf(nodes);
      return marked.length === 0
        ? []
        : [
            {
              weight: 'changes' as const,
              title: `nodes with the label ${excludeLabel} announce like any other before this release`,
              says: `${someOf(marked.map(({ metadata }) => metadata.name))} may announce again`,
              details: [],
              objects: marked.map(refOf),
              before: [
                { says: 'keep them out with nodeSelectors on the advertisements', mutates: false },
              ],
            },
          ];
    },
  }),
  defineRule({
    id: 'service-selectors',
    release: 'v0.16.0',
    reference: undefined,
    title: 'advertisements can be limited to some Services from here on (serviceSelectors)',
    needs: ['l2Advertisements', 'bgpAdvertisements'],
    down: (facts) => {
      const limited = advertisementsOf(facts).filter(
        ({ spec }) => spec.serviceSelectors.length > 0,
      );
      return limited.length === 0
        ? []
        : [
            {
              weight: 'breaks' as const,
              title: 'serviceSelectors of advertisements are not known before this release',
              says: `${someOf(limited.map(nameOf))} will announce every Service of ${limited.length === 1 ? 'its' : 'their'} pools, also those left out now`,
              details: [],
              objects: limited.map(refOf),
              before: [
                {
                  says: 'give those Services a pool and an advertisement of their own',
                  mutates: false,
                },
              ],
            },
          ];
    },
  }),
  defineRule({
    id: 'selectors-and-aggregation',
    release: 'v0.16.2',
    reference: undefined,
    title: 'serviceSelectors beside an aggregation length are refused by the API server',
    needs: ['bgpAdvertisements'],
    up: ({ bgpAdvertisements, installation }) => {
      const both = bgpAdvertisements.filter(
        ({ metadata, spec }) =>
          metadata.namespace === installation?.namespace &&
          spec.serviceSelectors.length > 0 &&
          ((spec.aggregationLength ?? 32) !== 32 || (spec.aggregationLengthV6 ?? 128) !== 128),
      );
      return both.length === 0
        ? []
        : [
            {
              weight: 'changes' as const,
              says: `${someOf(both.map(nameOf))} cannot be written again as it is; speakers refuse it today already`,
              details: [],
              objects: both.map(refOf),
              before: [{ says: 'keep one of the two', mutates: false }],
            },
          ];
    },
  }),
  defineRule({
    id: 'shared-with-selectors',
    release: 'v0.16.2',
    reference: undefined,
    title:
      'a Service that may share its address is announced by nobody in layer 2 where an advertisement with serviceSelectors selects it',
    needs: ['services', 'ipAddressPools', 'l2Advertisements'],
    helps: ['namespaces', 'communities'],
    up: (facts) => {
      const behaviour = behaviourOf(facts.installation?.controllerVersion);
      const home = facts.installation?.namespace;
      const limited = facts.l2Advertisements.filter(
        ({ metadata, spec }) => metadata.namespace === home && spec.serviceSelectors.length > 0,
      );
      const struck = servedIn(facts).filter((service) => {
        const pools = heldBy(service).flatMap((each) => poolIndexOf(facts).holding(each));
        const objects = facts.ipAddressPools.filter(({ metadata }) =>
          pools.some(({ name }) => name === metadata.name),
        );
        return (
          claimOf(service, behaviour).sharingKey !== '' &&
          limited.some(
            (each) =>
              objects.some((pool) => selectsPool(each, pool)) &&
              each.spec.serviceSelectors.some((selector) =>
                selects(selector, service.metadata.labels),
              ),
          )
        );
      });
      return struck.length === 0
        ? []
        : [
            {
              weight: 'breaks' as const,
              says: `${someOf(struck.map(keyOfService))} will not be announced`,
              details: [],
              objects: struck.map(refOf),
              before: [
                {
                  says: 'drop serviceSelectors from the advertisement, or the sharing annotation from the Service',
                  mutates: false,
                },
              ],
            },
          ];
    },
  }),
  defineRule({
    id: 'memberlist-key',
    release: 'v0.16.2',
    reference: undefined,
    title: 'the key of the memberlist is derived in another way from here on',
    needs: ['l2Advertisements'],
    up: rollOut,
    down: rollOut,
  }),
];

/** Two halves of one DaemonSet that cannot read each other are two clusters until the last pod is new. */
function rollOut({
  l2Advertisements,
  installation,
}: {
  readonly l2Advertisements: readonly Advertisement[];
  readonly installation: { readonly namespace: string } | undefined;
}) {
  const own = l2Advertisements.filter(
    ({ metadata }) => metadata.namespace === installation?.namespace,
  );
  return own.length === 0
    ? []
    : [
        {
          weight: 'changes' as const,
          says: 'old and new speakers do not see each other while the DaemonSet rolls out: until the last pod is replaced two nodes may answer for one address (read in the source, not tried)',
          details: [],
          objects: own.map(refOf),
          before: [
            {
              says: 'replace all speakers at once (delete the pods together) in a quiet hour',
              mutates: false,
            },
          ],
        },
      ];
}

function excludedOf(nodes: readonly Node[]): readonly Node[] {
  return nodes.filter(({ metadata }) => Object.hasOwn(metadata.labels, excludeLabel));
}

function nameOf({ kind, metadata }: Advertisement): string {
  return `${kind} ${metadata.name}`;
}
