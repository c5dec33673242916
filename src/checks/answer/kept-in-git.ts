import type { Conclusion } from '../../core/diagnosis/conclude.ts';
import type { RootCause } from '../../core/facts/finding.ts';
import type { KubeObject, ObjectMeta } from '../../core/facts/kube-objects.ts';
import { nameOf } from '../../core/facts/object-ref.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Readings } from '../../core/facts/snapshot.ts';
import { refOf } from '../models/references.ts';

/** Who puts objects back to what stands in Git, and what it leaves on them. */
interface Keeper {
  readonly product: string;
  /** Names of labels or annotations. */
  readonly marks: readonly string[];
  /** Field managers that write everything but the status. */
  readonly writers: readonly string[];
}

const keepers: readonly Keeper[] = [
  {
    product: 'Argo CD',
    marks: ['argocd.argoproj.io/instance', 'argocd.argoproj.io/tracking-id'],
    writers: ['argocd-controller', 'argocd-application-controller'],
  },
  {
    product: 'Flux',
    marks: ['kustomize.toolkit.fluxcd.io/name', 'helm.toolkit.fluxcd.io/name'],
    writers: ['kustomize-controller', 'helm-controller'],
  },
];

/** The conclusion with a word wherever a change is proposed that somebody would take back. */
export function withKeepers(conclusion: Conclusion, readings: Readings): Conclusion {
  const changing = conclusion.rootCauses.filter(proposesChange);
  const kept = changing.length === 0 ? new Map<string, string>() : keptObjects(readings);
  return kept.size === 0
    ? conclusion
    : { ...conclusion, rootCauses: conclusion.rootCauses.map((root) => warned(root, kept)) };
}

function proposesChange({ remedies }: RootCause): boolean {
  return remedies.some(({ mutates }) => mutates);
}

function warned(root: RootCause, kept: ReadonlyMap<string, string>): RootCause {
  const { kind, namespace, name } = root.about;
  const product = proposesChange(root) ? kept.get(nameOf(root.about)) : undefined;
  const where = namespace === undefined ? name : `${namespace}/${name}`;
  return product === undefined
    ? root
    : {
        ...root,
        details: [
          ...root.details,
          `${product} keeps ${kind} ${where} as it stands in Git: make the change there as well, or it is taken back`,
        ],
      };
}

function keptObjects(readings: Readings): ReadonlyMap<string, string> {
  const objects: readonly KubeObject[] = [
    ...itemsIfRead(readings.services),
    ...itemsIfRead(readings.ipAddressPools),
    ...itemsIfRead(readings.l2Advertisements),
    ...itemsIfRead(readings.bgpAdvertisements),
    ...itemsIfRead(readings.bgpPeers),
    ...itemsIfRead(readings.namespaces),
    ...itemsIfRead(readings.deployments),
    ...itemsIfRead(readings.daemonSets),
  ];
  return new Map(
    objects.flatMap((object): [string, string][] => {
      const keeper = keepers.find((each) => isKeptBy(each, object.metadata));
      return keeper === undefined ? [] : [[nameOf(refOf(object)), keeper.product]];
    }),
  );
}

function isKeptBy({ marks, writers }: Keeper, metadata: ObjectMeta): boolean {
  const { labels, annotations, managedFields } = metadata;
  return (
    marks.some((mark) => Object.hasOwn(labels, mark) || Object.hasOwn(annotations, mark)) ||
    managedFields.some(
      ({ manager, subresource }) => subresource === undefined && writers.includes(manager),
    )
  );
}
