import type { Community, IPAddressPool, KubeObject } from '../facts/kube-objects.ts';
import type { ObjectRef } from '../facts/object-ref.ts';
import { communityProblems } from './communities.ts';
import { speakerRulesOf } from './configuration/speaker-rules.ts';
import type { Configuration, ConfigurationProblem, Pool } from './configuration.ts';
import { quoted } from './go-text.ts';
import type { ModelInput } from './model-input.ts';
import { overlapsAmong, type Overlap } from './overlap.ts';
import { parsePool } from './parse-pool.ts';

/** What the configuration is made of. */
export type ConfigurationInput = Pick<
  ModelInput,
  'pools' | 'communities' | 'namespaces' | 'namespace' | 'bgpType' | 'version'
>;

/** Loads all pools and communities of MetalLB's namespace together, as one; any fault refuses them all. */
export function loadConfiguration(input: ConfigurationInput): Configuration {
  const objects = inOrder(input.pools, input.namespace);
  const communities = inOrder(input.communities, input.namespace);
  const rules = speakerRulesOf(input.version);
  const parses = objects.map((object) => ({
    object,
    parse: parsePool(object, input.namespaces, rules),
  }));
  const pools = parses.flatMap(({ parse }) => (parse.kind === 'pool' ? [parse.pool] : []));
  const faults = parses.flatMap(({ object, parse }) =>
    parse.kind === 'fault' ? [{ object: refTo(object), other: undefined, ...parse.fault }] : [],
  );
  const problems = [
    ...communityProblems(communities, input.bgpType),
    ...faults,
    ...duplicateNames(objects),
    ...overlapProblems(pools, input.namespace),
  ];
  return problems.length === 0
    ? { state: 'accepted', pools }
    : { state: 'rejected', problems, pools };
}

function inOrder<Kind extends IPAddressPool | Community>(
  objects: readonly Kind[],
  namespace: string,
): readonly Kind[] {
  return objects
    .filter(({ metadata }) => metadata.namespace === namespace)
    .toSorted((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1));
}

function duplicateNames(objects: readonly IPAddressPool[]): readonly ConfigurationProblem[] {
  const repeated = objects.filter(
    ({ metadata }, index) => objects[index + 1]?.metadata.name === metadata.name,
  );
  return repeated.map((object) => ({
    object: refTo(object),
    other: undefined,
    rule: 'duplicate-pool',
    entry: undefined,
    message: `duplicate definition of pool ${quoted(object.metadata.name)}`,
  }));
}

/** Either pool may be the one that is blamed: the order MetalLB looks at them in is not fixed. */
function overlapProblems(
  pools: readonly Pool[],
  namespace: string,
): readonly ConfigurationProblem[] {
  const ref = (name: string): ObjectRef => ({ kind: 'IPAddressPool', namespace, name });
  return overlapsAmong(pools).map(({ first, second }) => ({
    object: ref(second.pool),
    other: ref(first.pool),
    rule: 'overlap',
    entry: second.cidr,
    message: overlapText(second, first),
    ...(first.pool === second.pool ? {} : { alsoSaid: [overlapText(first, second)] }),
  }));
}

function overlapText(late: Overlap['second'], early: Overlap['first']): string {
  return (
    `CIDR ${quoted(late.cidr)} in pool ${quoted(late.pool)} ` +
    `overlaps with already defined CIDR ${quoted(early.cidr)}`
  );
}

function refTo({ kind, metadata }: KubeObject): ObjectRef {
  const { name, namespace } = metadata;
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}
