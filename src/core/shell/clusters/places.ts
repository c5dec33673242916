import { existsSync } from 'node:fs';
import type { KnownContext } from '../../cluster/live/contexts.ts';
import { UsageError } from '../../facts/errors.ts';
import { refuseTwice } from '../flags/stdin.ts';
import { typedFlag } from '../flags/words.ts';
import { sourceOf, type SourceFlags } from '../world.ts';

/** The flags that choose several clusters. From the environment oclif hands out a text where it promises a list. */
export interface SeveralFlags {
  readonly context?: readonly string[] | string | undefined;
  readonly from?: readonly string[] | string | undefined;
  readonly 'all-contexts': boolean;
}

/** One cluster among several: its ways are tried in turn until one leads to it. */
export interface Place {
  readonly ways: readonly Way[];
}

/** One name of a cluster, and the flags that lead there. */
export interface Way {
  readonly name: string;
  readonly flags: SourceFlags;
}

/** Where to look: at one cluster as ever, or at several. */
export type Places =
  | { readonly kind: 'one'; readonly flags: SourceFlags }
  | {
      readonly kind: 'several';
      readonly places: readonly Place[];
      readonly notices: readonly string[];
    };

type Shared = Omit<SourceFlags, 'context' | 'from'>;

/** The clusters that the flags choose. One server under several names is one place, and said so. */
export async function placesOf(
  { context, from, ...more }: SeveralFlags & Shared,
  words: readonly string[],
): Promise<Places> {
  const paths = listed(from).flatMap(pathsIn);
  const wantsAll = more['all-contexts'];
  if (wantsAll && (paths.length > 0 || typedFlag(words, 'context'))) {
    const other = paths.length > 0 ? '--from' : '--context';
    throw new UsageError(`--all-contexts and ${other} exclude each other`);
  }
  if (paths.length > 1) {
    return ofRecordings(paths, more);
  }
  const names = listed(context).flatMap(namesIn);
  const [path] = paths;
  if (path !== undefined || (!wantsAll && names.length <= 1)) {
    return { kind: 'one', flags: { ...more, from: path, context: names.join(',') || undefined } };
  }
  const { contextsNamed } = await import('../../cluster/live/contexts.ts');
  const source = sourceOf(more, '');
  if (source.kind !== 'live') {
    throw new UsageError('--from and several contexts exclude each other');
  }
  return ofContexts(await contextsNamed(source, wantsAll ? 'all' : names), more);
}

function listed(value: readonly string[] | string | undefined): readonly string[] {
  return [value ?? []].flat();
}

function namesIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** A path may have a comma in it: then it is there as a whole. */
function pathsIn(text: string): readonly string[] {
  return existsSync(text) ? [text] : text.split(',').filter((path) => path !== '');
}

function ofRecordings(paths: readonly string[], shared: Shared): Places {
  refuseTwice(paths);
  const { once, notices } = withoutRepeats(paths, 'the recording');
  const places = once.map((path) => ({ ways: [{ name: path, flags: { ...shared, from: path } }] }));
  return { kind: 'several', places, notices };
}

function ofContexts(contexts: readonly KnownContext[], shared: Shared): Places {
  const { once, notices } = withoutRepeats(
    contexts.map(({ name }) => name),
    'the context',
  );
  const distinct = once.flatMap((name) => contexts.find((each) => each.name === name) ?? []);
  const groups = new Map<string, KnownContext[]>();
  for (const context of distinct) {
    const key = context.server ?? `? ${context.name}`;
    groups.set(key, [...(groups.get(key) ?? []), context]);
  }
  const places = [...groups.values()].map((group) => ({
    ways: group.map(({ name }) => ({ name, flags: { ...shared, context: name } })),
  }));
  return { kind: 'several', places, notices: [...notices, ...places.flatMap(sameServer)] };
}

function sameServer({ ways }: Place): readonly string[] {
  const names = ways.map(({ name }) => name);
  return names.length < 2
    ? []
    : [`the contexts ${names.join(' and ')} lead to the same server: it is read once`];
}

function withoutRepeats(names: readonly string[], what: string) {
  const once = [...new Set(names)];
  const repeated = once.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  return {
    once,
    notices: repeated.map((name) => `${what} ${name} is named twice: it is read once`),
  };
}

const slot = '{context}';

/** One file per cluster: the name must say where the cluster's own name goes. */
export function checkedPattern(pattern: string): string {
  if (!pattern.includes(slot)) {
    const dot = pattern.indexOf('.', pattern.lastIndexOf('/') + 1);
    const [stem, ending] = dot < 0 ? [pattern, ''] : [pattern.slice(0, dot), pattern.slice(dot)];
    throw new UsageError(`--record ${pattern} names one file, and each cluster needs its own`, {
      suggestions: [`put ${slot} into the name, as in: --record '${stem}-${slot}${ending}'`],
    });
  }
  return pattern;
}

/** File names by cluster: what no file name can hold becomes a dash, and no two are the same. */
export function recordPaths(
  pattern: string,
  names: readonly string[],
): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    names.map((name) => {
      const safe = name.replaceAll(/[^\w.@-]+/g, '-').replace(/^[.-]+/, '') || 'cluster';
      let unique = safe;
      for (let count = 2; taken.has(unique); count += 1) {
        unique = `${safe}-${count}`;
      }
      taken.add(unique);
      return [name, pattern.replaceAll(slot, unique)] as const;
    }),
  );
}
