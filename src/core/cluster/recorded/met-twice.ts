import type { KubeObject } from '../../facts/kube-objects.ts';
import type { FactName } from '../../facts/snapshot.ts';
import { filledText, inner, type Raw } from '../parse/fields.ts';
import { parallelIn, treesSharing, type Together } from './parallel-files.ts';

/** One object as one file of a dump has it. */
export interface Met {
  readonly fact: FactName;
  readonly file: string;
  readonly raw: Raw;
  readonly object: KubeObject;
}

/** Two files that cannot both be right of one cluster at one time. */
export interface Clash {
  /** What stands in both, or only in the first: `Service shop/checkout`. */
  readonly what: string;
  readonly files: readonly [string, string];
  readonly differs: 'uid' | 'content' | 'missing';
}

/** An object of which one file's was left out for another's. */
export interface Superseded {
  readonly what: string;
  readonly kept: string;
  readonly left: string;
  readonly why: 'older' | 'no uid' | 'unknown age';
}

/** What became of all that was met. */
export interface Settled {
  readonly held: readonly Met[];
  readonly clashes: readonly Clash[];
  readonly superseded: readonly Superseded[];
}

/** They come and go by themselves under the same names, so that another uid does not mean another cluster. */
const passing: readonly FactName[] = [
  'pods',
  'events',
  'endpointSlices',
  'serviceL2Statuses',
  'serviceBGPStatuses',
  'configurationStates',
];

/** One object for each name: the newest, where the files tell which that is. */
export function settled(all: readonly Met[]): Settled {
  const groups = [...Map.groupBy(all, keyOf).values()];
  const files: Files = {
    areOfOneCluster: filesSharing(all),
    areParallel: parallelIn(all),
    areOfTwoTrees: treesSharing(groups),
  };
  const outcomes = groups.map((group) => settledOne(group, files));
  return {
    held: outcomes.flatMap(({ held }) => held),
    clashes: [
      ...outcomes.flatMap(({ clashes }) => clashes),
      ...missingInOne({ all, groups, files }),
    ],
    superseded: outcomes.flatMap(({ superseded }) => superseded),
  };
}

function keyOf({ fact, object: { metadata } }: Met): string {
  return `${fact} ${metadata.namespace ?? ''}/${metadata.name}`;
}

interface Everything {
  readonly all: readonly Met[];
  readonly groups: readonly (readonly Met[])[];
  readonly files: Files;
}

/** Of two files at the same place of two trees that share an object, what only one of them has. */
function missingInOne({ all, groups, files }: Everything): readonly Clash[] {
  const pairs = groups.flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : others
          .filter(({ file }) => files.areParallel(first.file, file))
          .map(({ file }): Clash['files'] => [first.file, file]),
  );
  const once = new Map(pairs.map((pair) => [pair.join('\n'), pair]));
  return [...once.values()].flatMap(([left, right]) => {
    const [a, b] = [left, right].map((file) => all.filter((met) => met.file === file));
    return [...onlyIn(a, b), ...onlyIn(b, a)];
  });
}

/** A file that has none of that kind in that namespace was never asked for it. */
function onlyIn(here: readonly Met[] = [], there: readonly Met[] = []): readonly Clash[] {
  const known = new Set(there.map(keyOf));
  const asked = new Set(there.map(placeOf));
  const only = here.find((met) => !known.has(keyOf(met)) && asked.has(placeOf(met)));
  const other = there[0]?.file ?? '';
  return only === undefined
    ? []
    : [{ what: nameOf(only), files: [only.file, other], differs: 'missing' }];
}

function placeOf({ fact, object: { metadata } }: Met): string {
  return `${fact} ${metadata.namespace ?? ''}`;
}

/** What is known of two files by their names and by all that is in them. */
interface Files {
  /** They hold one and the same object. */
  readonly areOfOneCluster: Together;
  readonly areParallel: Together;
  readonly areOfTwoTrees: Together;
}

function filesSharing(all: readonly Met[]): Together {
  const byIdentity = Map.groupBy(
    all.filter(({ object }) => object.metadata.uid !== undefined),
    (met) => `${keyOf(met)} ${met.object.metadata.uid}`,
  );
  const shared = [...byIdentity.values()].filter((group) => group.length > 1);
  return (left, right) =>
    left !== right &&
    shared.some((group) => [left, right].every((file) => group.some((met) => met.file === file)));
}

function settledOne([first, ...others]: readonly Met[], files: Files): Settled {
  const clashes: Clash[] = [];
  const superseded: Superseded[] = [];
  let held = first;
  for (const next of others) {
    if (held === undefined) {
      break;
    }
    const choice = choiceBetween(held, next, files);
    if (choice.differs !== undefined) {
      const pair = [held.file, next.file] as const;
      clashes.push({ what: nameOf(next), files: pair, differs: choice.differs });
    }
    const left = choice.kept === held ? next : held;
    if (choice.why !== undefined) {
      const { kept, why } = choice;
      superseded.push({ what: nameOf(next), kept: kept.file, left: left.file, why });
    }
    held = choice.kept;
  }
  return { held: held === undefined ? [] : [held], clashes, superseded };
}

function nameOf({ object: { kind, metadata } }: Met): string {
  const { namespace, name } = metadata;
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

interface Choice {
  readonly kept: Met;
  readonly differs?: Clash['differs'];
  readonly why?: Superseded['why'];
}

function choiceBetween(held: Met, next: Met, files: Files): Choice {
  if (contentOf(held) === contentOf(next)) {
    return { kept: held.object.metadata.managedFields.length > 0 ? held : next };
  }
  const [was, is] = [held, next].map(({ object }) => object.metadata.uid);
  if ((was === undefined) !== (is === undefined)) {
    return { kept: was === undefined ? next : held, why: 'no uid' };
  }
  return was === is ? betweenTimes(held, next, files) : betweenObjects(held, next, files);
}

/** Without who wrote what: kubectl leaves that out unless it is told not to. */
function contentOf({ object }: Met): string {
  return JSON.stringify({ ...object, metadata: { ...object.metadata, managedFields: [] } });
}

/** The same object twice. Only the server's own count tells which is the newer one. */
function betweenTimes(held: Met, next: Met, files: Files): Choice {
  const [was, is] = [held, next].map(versionOf);
  if (was !== undefined && was === is) {
    return { kept: next };
  }
  const areCounted = was !== undefined && is !== undefined;
  if (files.areParallel(held.file, next.file) && !(areCounted && isOfEach(held, next, files))) {
    return { kept: next, differs: 'content' };
  }
  if (areCounted) {
    return { kept: was > is ? held : next, why: 'older' };
  }
  if (passing.includes(next.fact)) {
    return { kept: next };
  }
  // what was written to the end of a file was got later
  if (held.file === next.file) {
    return { kept: next, why: 'older' };
  }
  return next.object.metadata.uid === undefined
    ? { kept: next, differs: 'content' }
    : { kept: next, why: 'unknown age' };
}

/** What belongs to no namespace, got again for the folder of each, as Nodes are. */
function isOfEach(held: Met, next: Met, files: Files): boolean {
  return next.object.metadata.namespace === undefined && !files.areOfTwoTrees(held.file, next.file);
}

function versionOf({ raw }: Met): bigint | undefined {
  const version = filledText(inner(raw, 'metadata'), 'resourceVersion');
  return version !== undefined && /^\d{1,20}$/.test(version) ? BigInt(version) : undefined;
}

/** Two objects of one name: of two clusters, or of one in which it was made anew. */
function betweenObjects(held: Met, next: Met, files: Files): Choice {
  const isAnew = passing.includes(next.fact) || files.areOfOneCluster(held.file, next.file);
  if (!isAnew || files.areParallel(held.file, next.file)) {
    return { kept: next, differs: 'uid' };
  }
  const [was = 0, is = 0] = [held, next].map(
    ({ object }) => Date.parse(object.metadata.creationTimestamp ?? '') || 0,
  );
  return { kept: was > is ? held : next, why: 'older' };
}
