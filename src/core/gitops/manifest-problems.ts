import type { Node } from '../facts/kube-objects.ts';
import { nameOf } from '../facts/object-ref.ts';
import type { FactName } from '../facts/snapshot.ts';
import type { ManifestProblem } from '../facts/validation.ts';
import type { ConfigurationProblem, ConfigurationRule } from '../metallb/configuration.ts';
import {
  admissionOfObject,
  type AdmittedObject,
} from '../metallb/configuration/admission-of-object.ts';
import { speakerConfigurations } from '../metallb/configuration/speaker-configuration.ts';
import type { SpeakerInput } from '../metallb/configuration/speaker-input.ts';
import { refusersOf } from '../metallb/configuration/who-refuses.ts';
import { adviceFor } from '../metallb/configuration/advice.ts';
import { overlapsOnce, type WrittenEntry, type WrittenOverlap } from './written-overlap.ts';
import { placeOfEntry } from './manifest-places.ts';
import { identityOf, manifestsOf, type Manifest, type ManifestSet } from './manifest-set.ts';

/** Where the manifests are to run. */
export interface Surroundings {
  readonly namespace: string;
  readonly version: string;
  /** Nobody said which release runs, so it may well be a later one. */
  readonly isVersionAssumed: boolean;
  /** Undefined when it is not known. */
  readonly bgpType: string | undefined;
  /** Kinds of the cluster that could not be read. */
  readonly unread: readonly FactName[];
  /** What is in the cluster besides; undefined when no cluster was looked at. */
  readonly cluster: Omit<SpeakerInput, 'secrets' | 'namespace' | 'version' | 'bgpType'> | undefined;
}

const nativeOnly: ReadonlySet<ConfigurationRule> = new Set([
  'native-bfd',
  'native-community',
  'native-ipv6',
  'native-peer',
]);
const frrOnly: ReadonlySet<ConfigurationRule> = new Set([
  'duplicate-peer',
  'local-asns-differ',
  'router-ids-differ',
]);

/** Everything MetalLB refuses about these manifests, each fault once. */
export function configurationProblems(
  set: ManifestSet,
  around: Surroundings,
): readonly ManifestProblem[] {
  const problems =
    around.bgpType === undefined
      ? [
          ...problemsWith(set, around, 'frr').filter(({ rule }) => rule !== 'frr-k8s-only'),
          ...problemsWith(set, around, 'native').filter(({ rule }) => nativeOnly.has(rule)),
        ]
      : problemsWith(set, around, around.bgpType);
  const manifests = new Map(manifestsOf(set).map((each) => [identityOf(each.object), each]));
  const input = inputOf(set, around, around.bgpType ?? 'frr');
  const webhook = webhookOver(input);
  return overlapsOnce(problems, input.pools).map(([problem, overlap]) =>
    problemIn(problem, { manifests, around, webhook, overlap }),
  );
}

/** Says whether the webhook would refuse an object because of this, once all the others are there. */
function webhookOver(stored: SpeakerInput): (problem: ConfigurationProblem) => boolean {
  const objects: readonly AdmittedObject[] = [
    ...stored.pools,
    ...stored.l2Advertisements,
    ...stored.bgpAdvertisements,
    ...stored.bgpPeers,
    ...stored.bfdProfiles,
    ...stored.communities,
  ];
  const byName = new Map(objects.map((object) => [identityOf(object), object]));
  const seen = new Map<string, ReadonlySet<string>>();
  return (problem) => {
    const name = nameOf(problem.object);
    const object = byName.get(name);
    const bgpType = nativeOnly.has(problem.rule) ? 'native' : stored.bgpType;
    const key = `${bgpType} ${name}`;
    const messages =
      seen.get(key) ??
      (object === undefined ? new Set<string>() : refusalsOf(object, { ...stored, bgpType }));
    seen.set(key, messages);
    return [problem.message, ...(problem.alsoSaid ?? [])].some((text) => messages.has(text));
  };
}

function refusalsOf(object: AdmittedObject, stored: SpeakerInput): ReadonlySet<string> {
  const admission = admissionOfObject({ object, stored, isCreate: true });
  return new Set(admission.allowed ? [] : admission.problems.map(({ message }) => message));
}

function problemsWith(
  set: ManifestSet,
  around: Surroundings,
  bgpType: string,
): readonly ConfigurationProblem[] {
  const input = inputOf(set, around, bgpType);
  const found = speakerConfigurations(input).flatMap(({ configuration }) =>
    configuration.state === 'rejected' ? configuration.problems : [],
  );
  return [...new Map(found.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** The set, put over what is in the cluster: an object of the same name is replaced. */
export function inputOf(set: ManifestSet, around: Surroundings, bgpType: string): SpeakerInput {
  const { cluster, namespace, version } = around;
  return {
    pools: over(cluster?.pools, set.pools),
    l2Advertisements: over(cluster?.l2Advertisements, set.l2Advertisements),
    bgpAdvertisements: over(cluster?.bgpAdvertisements, set.bgpAdvertisements),
    bgpPeers: over(cluster?.bgpPeers, set.bgpPeers),
    bfdProfiles: over(cluster?.bfdProfiles, set.bfdProfiles),
    communities: over(cluster?.communities, set.communities),
    namespaces: [...(cluster?.namespaces ?? []), ...set.namespaces],
    nodes: cluster === undefined || cluster.nodes.length === 0 ? imagined(set) : cluster.nodes,
    secrets: withSecretsOf(set),
    namespace,
    version,
    bgpType,
  };
}

function over<Kind extends Manifest['object']>(
  stored: readonly Kind[] = [],
  manifests: readonly Manifest<Kind>[],
): readonly Kind[] {
  const written = new Map(manifests.map(({ object }) => [identityOf(object), object]));
  const kept = stored.filter((object) => !written.has(identityOf(object)));
  return [...kept, ...written.values()];
}

/** Only Secrets that the manifests hold are judged; that one is elsewhere is nothing to refuse. */
function withSecretsOf(set: ManifestSet): SpeakerInput['secrets'] {
  const wanted = set.bgpPeers.flatMap(({ object }) => object.spec.passwordSecret ?? []);
  const assumed = wanted.map(
    (name) => [name, { type: 'kubernetes.io/basic-auth', hasPassword: true }] as const,
  );
  return new Map([...assumed, ...set.secrets]);
}

/** Without a cluster: one node that no label selects, and one for each selector there is. */
function imagined(set: ManifestSet): readonly Node[] {
  const selectors = [...set.bgpPeers, ...set.bgpAdvertisements, ...set.l2Advertisements].flatMap(
    ({ object }) => object.spec.nodeSelectors,
  );
  const labels = selectors.map(({ matchLabels, matchExpressions }) => ({
    ...Object.fromEntries(
      matchExpressions
        .filter(({ operator }) => operator === 'In' || operator === 'Exists')
        .map(({ key, values }) => [key, values[0] ?? '']),
    ),
    ...matchLabels,
  }));
  const distinct = new Map([{}, ...labels].map((each) => [JSON.stringify(each), each]));
  return [...distinct.values()].map((each, index) => imaginedNode(`node-${index}`, each));
}

function imaginedNode(name: string, labels: Readonly<Record<string, string>>): Node {
  return {
    kind: 'Node',
    metadata: {
      name,
      labels,
      annotations: {},
      finalizers: [],
      ownerReferences: [],
      managedFields: [],
    },
    spec: { unschedulable: false, podCIDRs: [], taints: [] },
    status: { addresses: [], conditions: [] },
  };
}

interface Judging {
  readonly manifests: ReadonlyMap<string, Manifest>;
  readonly around: Surroundings;
  readonly webhook: (problem: ConfigurationProblem) => boolean;
  readonly overlap: WrittenOverlap | undefined;
}

function problemIn(
  problem: ConfigurationProblem,
  { manifests, around, webhook, overlap }: Judging,
): ManifestProblem {
  const [own, other] = [problem.object, problem.other].map((ref) =>
    ref === undefined ? undefined : manifests.get(nameOf(ref)),
  );
  const main = own ?? other;
  const isElsewhere = main === undefined;
  return {
    severity: severityOf(problem, around, isElsewhere),
    rule: problem.rule,
    object: problem.object,
    place:
      main === undefined
        ? { file: '(cluster)', line: 1, column: 1 }
        : placeIn(main, own === undefined ? overlap?.other : overlap?.own, problem.entry),
    other:
      own === undefined || other === undefined || problem.other === undefined
        ? undefined
        : { object: problem.other, ...placeIn(other, overlap?.other, undefined) },
    message: (overlap?.message ?? problem.message).replaceAll('\n', '; ') + modeOf(problem, around),
    refusedBy: refusersOf(problem, webhook(problem)),
    waitsFor: problem.waitsFor,
    advice: adviceFor(problem),
  };
}

function placeIn(
  { document }: Manifest,
  written: WrittenEntry | undefined,
  entry: string | undefined,
): ManifestProblem['place'] {
  return written === undefined
    ? placeOfEntry(document, entry)
    : document.placeOf(['spec', 'addresses', written.index]);
}

/** Kinds that hold what a fault may wait for. */
const holders: readonly FactName[] = ['bfdProfiles', 'communities'];

function severityOf(
  { rule, waitsFor }: ConfigurationProblem,
  { bgpType, cluster, unread }: Surroundings,
  isElsewhere: boolean,
): ManifestProblem['severity'] {
  const mayNotMatter = bgpType === undefined && (nativeOnly.has(rule) || frrOnly.has(rule));
  const isSeen = cluster !== undefined && !holders.some((kind) => unread.includes(kind));
  const mayBeElsewhere = waitsFor !== undefined && !isSeen;
  return mayNotMatter || mayBeElsewhere || isElsewhere ? 'warning' : 'error';
}

function modeOf({ rule }: ConfigurationProblem, { bgpType }: Surroundings): string {
  if (bgpType !== undefined) {
    return '';
  }
  if (nativeOnly.has(rule)) {
    return ' (only with METALLB_BGP_TYPE=native)';
  }
  return frrOnly.has(rule) ? ' (only with METALLB_BGP_TYPE=frr or frr-k8s)' : '';
}
