import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { IPAddressPool } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { publishedCapacity } from '../../../core/metallb/capacity.ts';
import { speakerRulesOf } from '../../../core/metallb/configuration/speaker-rules.ts';
import { loadConfiguration } from '../../../core/metallb/load-configuration.ts';
import { allocatedFromAnnotation } from '../../../core/metallb/look-at-service.ts';
import { parsePool } from '../../../core/metallb/parse-pool.ts';
import { isConfigurationComplaint, logLines, type LogLine } from '../testimony/log-lines.ts';
import { ownPools } from './configuration.ts';
import { changeOf, countOf } from './loaded-configuration.ts';

/** What the controller works with while it refuses the pools as they stand, and how that is known. */
export type HeldConfiguration =
  | {
      readonly kind: 'older';
      readonly pools: readonly IPAddressPool[];
      readonly because: string;
    }
  | { readonly kind: 'nothing'; readonly because: string }
  | { readonly kind: 'unknown'; readonly because: string };

export type HeldFacts = Facts<
  'services' | 'ipAddressPools',
  'namespaces' | 'communities' | 'controllerLogs'
>;

/** Infers what the controller holds; asked only where the pools as they stand are refused. */
export function heldConfiguration(facts: HeldFacts): HeldConfiguration {
  const lost = poolsGoneWithHolders(facts);
  if (lost.length > 0) {
    const because = `pool ${lost.join(', ')}, which Services have addresses from, is not there any more`;
    return { kind: 'unknown', because };
  }
  return bySpeech(facts) ?? byFigures(facts);
}

/** By the controller's own log; undefined where that says nothing of it. */
function bySpeech(facts: HeldFacts): HeldConfiguration | undefined {
  const lines = logLines(facts.controllerLogs, facts.takenAt).filter(({ previous }) => !previous);
  if (new Set(lines.map(({ pod }) => pod)).size !== 1) {
    return undefined;
  }
  const loaded = lines.findLast(({ values }) => values.get('event') === 'config reloaded');
  if (loaded !== undefined) {
    return sinceLoaded(facts, lines, loaded);
  }
  const fromStart = lines.some(({ values }) =>
    /^MetalLB controller starting\b/.test(values.get('msg') ?? ''),
  );
  return fromStart && lines.some(isConfigurationComplaint)
    ? { kind: 'nothing', because: 'since it started it has loaded no configuration at all' }
    : undefined;
}

function sinceLoaded(
  facts: HeldFacts,
  lines: readonly LogLine[],
  { at }: LogLine,
): HeldConfiguration | undefined {
  const loadedAt = Date.parse(at ?? '');
  const isSince = (time: string | undefined): boolean => !(Date.parse(time ?? '') <= loadedAt);
  const gone = lines
    .slice(lines.findLastIndex((line) => line.at === at))
    .flatMap((line) => goneIn(line, facts));
  const [first] = [
    ...changesSince(isSince, facts),
    ...gone.map((name) => `pool ${name} was deleted since it was loaded`),
  ];
  if (first !== undefined) {
    return { kind: 'unknown', because: `${first}, and what it was is not recorded` };
  }
  const older = ownPools(facts).filter(({ metadata }) => !isSince(metadata.creationTimestamp));
  const because =
    older.length === 0
      ? `there was none when the controller loaded them at ${at ?? '?'}, and it refused what came after`
      : `the controller loaded its pools at ${at ?? '?'} and refused what came after`;
  return held(facts, older, because);
}

/** Pools that are not what they were: written to, or made anew under the name of one that Services hold addresses of. */
function changesSince(
  isSince: (time: string | undefined) => boolean,
  facts: HeldFacts,
): readonly string[] {
  const holders = poolsWithHolders(facts);
  return ownPools(facts).flatMap((pool) => {
    const { name, creationTimestamp } = pool.metadata;
    if (creationTimestamp === undefined) {
      return [`pool ${name} may have been made since it was loaded`];
    }
    if (isSince(creationTimestamp)) {
      return holders.has(name)
        ? [`pool ${name}, which Services have addresses from, was made anew since it was loaded`]
        : [];
    }
    return isSince(changeOf(pool)) ? [`pool ${name} was changed since it was loaded`] : [];
  });
}

/** A look at an object that is not there: it was deleted. */
function goneIn({ values }: LogLine, facts: HeldFacts): readonly string[] {
  const [namespace, name = ''] = (values.get('start reconcile') ?? '').split('/');
  const isThere = [...facts.ipAddressPools, ...itemsIfRead(facts.communities)].some(
    ({ metadata }) => metadata.namespace === namespace && metadata.name === name,
  );
  return values.get('controller') === 'PoolReconciler' &&
    namespace === facts.installation?.namespace &&
    !isThere
    ? [name]
    : [];
}

/** By what the controller publishes of each pool (v0.15.0 on): nothing of a pool that it does not hold. */
function byFigures(facts: HeldFacts): HeldConfiguration {
  const told = ownPools(facts).map((pool) => ({ pool, standing: standingOf(pool, facts) }));
  const inForce = told.filter(({ standing }) => standing === 'counted').map(({ pool }) => pool);
  const because =
    'it refuses those that stand here, and nothing recorded shows which older ones it has';
  const holders = poolsWithHolders(facts);
  const isUnclear = told.some(
    ({ pool, standing }) =>
      standing === 'unclear' || (standing === 'not-counted' && holders.has(pool.metadata.name)),
  );
  return inForce.length === 0 || isUnclear
    ? { kind: 'unknown', because }
    : (held(facts, inForce, 'by the figures it publishes of its pools') ?? {
        kind: 'unknown',
        because,
      });
}

function standingOf(pool: IPAddressPool, facts: HeldFacts): 'counted' | 'not-counted' | 'unclear' {
  const counted = countOf(pool);
  const parse = parsePool(pool, itemsIfRead(facts.namespaces), speakerRulesOf(versionIn(facts)));
  const size = parse.kind === 'pool' ? publishedCapacity(parse.pool) : undefined;
  if (counted === undefined || size === undefined) {
    return counted === undefined || counted === 0n ? 'not-counted' : 'unclear';
  }
  if (size.ipv4 + size.ipv6 === counted && counted > 0n) {
    return 'counted';
  }
  return counted === 0n ? 'not-counted' : 'unclear';
}

/** These pools, if MetalLB could have loaded them. */
function held(
  facts: HeldFacts,
  pools: readonly IPAddressPool[],
  because: string,
): HeldConfiguration | undefined {
  const { namespace = '', bgpType } = facts.installation ?? {};
  const { state } = loadConfiguration({
    pools,
    communities: [],
    namespaces: itemsIfRead(facts.namespaces),
    namespace,
    bgpType,
    version: versionIn(facts),
  });
  return state === 'accepted' ? { kind: 'older', pools, because } : undefined;
}

function versionIn({ installation }: Pick<HeldFacts, 'installation'>): string | undefined {
  return installation?.controllerVersion ?? installation?.speakerVersion;
}

function poolsGoneWithHolders(facts: HeldFacts): readonly string[] {
  const names = new Set(ownPools(facts).map(({ metadata }) => metadata.name));
  return [...poolsWithHolders(facts)].filter((name) => !names.has(name)).toSorted();
}

/** Addresses are marked with the pool they came from, by name: one made anew under it is another pool. */
function poolsWithHolders({ services }: HeldFacts): ReadonlySet<string> {
  const marks = services
    .filter(({ status }) => status.ingress.length > 0)
    .flatMap(({ metadata: { annotations } }) =>
      Object.hasOwn(annotations, allocatedFromAnnotation)
        ? (annotations[allocatedFromAnnotation] ?? [])
        : [],
    );
  return new Set(marks);
}
