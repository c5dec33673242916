import * as Flags from '@oclif/core/flags';
import { nearNames } from '../../cluster/near-names.ts';
import { shellWord } from '../../diagnosis/kubectl.ts';
import { UsageError } from '../../facts/errors.ts';
import type { IPAddressPool } from '../../facts/kube-objects.ts';
import { itemsIfRead } from '../../facts/reading.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import { nameTrouble } from '../../metallb/names.ts';
import type { PoolWish } from '../../metallb/pool-wish.ts';
import type { Wish } from '../../metallb/wish.ts';

/** The flags that say what would be changed. */
export const wishFlags = {
  pool: Flags.string({ helpValue: 'NAME', description: 'ask for this pool' }),
  ip: Flags.string({ helpValue: 'A[,B]', description: 'ask for these addresses by annotation' }),
  'share-key': Flags.string({ helpValue: 'KEY', description: 'share addresses under this key' }),
  policy: Flags.option({
    description: 'set externalTrafficPolicy',
    options: ['Local', 'Cluster'] as const,
  })(),
  'add-pool': Flags.string({
    helpValue: '[NAME=]RANGE[,RANGE]',
    description: 'add a pool; one of this name that is there gets the ranges besides (repeatable)',
    multiple: true,
    multipleNonGreedy: true,
  }),
  'remove-pool': Flags.string({
    helpValue: 'NAME[=RANGE,..]',
    description: 'delete a pool, or take these ranges out of it (repeatable)',
    multiple: true,
    multipleNonGreedy: true,
  }),
};

/** The flags as they were given. */
export interface WishFlags {
  readonly pool?: string | undefined;
  readonly ip?: string | undefined;
  readonly 'share-key'?: string | undefined;
  readonly policy?: 'Local' | 'Cluster' | undefined;
  readonly 'add-pool'?: readonly string[] | undefined;
  readonly 'remove-pool'?: readonly string[] | undefined;
}

/** What the flags wish for; a value that says nothing is a slip of the keyboard. */
export function wishOf(flags: WishFlags, snapshot: Snapshot): Wish {
  for (const name of ['pool', 'ip', 'share-key', 'add-pool', 'remove-pool'] as const) {
    if ([flags[name] ?? []].flat().some((value) => value.trim() === '')) {
      throw new UsageError(`--${name} needs a value`);
    }
  }
  const { pool, ip, policy } = flags;
  const pools = poolWishes(flags, snapshot);
  return { pool, addresses: ip, sharingKey: flags['share-key'], policy, pools };
}

/** The API server takes no pool of such a name, so there is nothing to foretell. */
function refuseStrangeName(name: string): void {
  const trouble = nameTrouble(name);
  if (trouble !== undefined) {
    throw new UsageError(`--add-pool: no pool can be called ${JSON.stringify(name)}: ${trouble}`);
  }
}

/** The flags as they were typed, for asking the same of another Service. */
export function wishWords(flags: WishFlags): readonly string[] {
  const names = ['pool', 'ip', 'share-key', 'policy', 'add-pool', 'remove-pool'] as const;
  return names.flatMap((name) =>
    [flags[name] ?? []].flat().map((value) => `--${name} ${shellWord(value)}`),
  );
}

/** One wish for each pool, in the order they were named: removals first, because they make room. */
function poolWishes(flags: WishFlags, snapshot: Snapshot): readonly PoolWish[] {
  const there = poolsIn(snapshot);
  const removed = (flags['remove-pool'] ?? []).map((text) => removalOf(text, there));
  const added = additionsOf(flags['add-pool'] ?? [], there);
  const byName = Map.groupBy([...removed, ...added], ({ name }) => name);
  return [...byName].map(([name, wishes]) => ({
    name,
    adds: wishes.flatMap(({ adds }) => adds),
    removes: wishes.some(({ removes }) => removes === 'all')
      ? 'all'
      : wishes.flatMap(({ removes }) => (removes === 'all' ? [] : removes)),
  }));
}

function poolsIn({ readings, installations }: Snapshot): readonly IPAddressPool[] {
  const home = installations[0]?.namespace;
  return itemsIfRead(readings.ipAddressPools).filter(
    ({ metadata }) => home === undefined || metadata.namespace === home,
  );
}

/** Each one without a name is a pool of its own, beside those that are there and those that are named. */
function additionsOf(
  texts: readonly string[],
  there: readonly IPAddressPool[],
): readonly PoolWish[] {
  const additions = texts.map(additionOf);
  const unnamed = additions.filter(({ name }) => name === undefined);
  const taken = [
    ...there.map(({ metadata }) => metadata.name),
    ...additions.flatMap(({ name }) => name ?? []),
  ];
  const free = freeNames(new Set(taken), unnamed.length);
  return additions.map((each) => ({
    name: each.name ?? free[unnamed.indexOf(each)] ?? 'new-pool',
    adds: each.adds,
    removes: [],
  }));
}

function additionOf(text: string): Pick<PoolWish, 'adds'> & { readonly name: string | undefined } {
  const [, name, ranges = ''] = /^(?:([^=/:,]+)=)?(.*)$/su.exec(text) ?? [];
  const adds = rangesIn(ranges);
  if (adds.length === 0) {
    throw new UsageError(`--add-pool ${text} names no range`, {
      suggestions: ['write it as 192.0.2.10-192.0.2.19, or as NAME=192.0.2.0/28,192.0.2.32/28'],
    });
  }
  const wanted = name?.trim();
  if (wanted !== undefined) {
    refuseStrangeName(wanted);
  }
  return { name: wanted, adds };
}

function removalOf(text: string, there: readonly IPAddressPool[]): PoolWish {
  const [, name = '', ranges] = /^([^=]+)(?:=(.*))?$/su.exec(text.trim()) ?? [];
  const pool = there.find(({ metadata }) => metadata.name === name);
  if (pool === undefined && there.length > 0) {
    const near = nearNames(
      name,
      there.map(({ metadata }) => metadata.name),
    );
    const meant = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`;
    throw new UsageError(`--remove-pool: there is no pool ${name}${meant}`);
  }
  if (ranges === undefined) {
    return { name, adds: [], removes: 'all' };
  }
  const removes = rangesIn(ranges);
  const written = pool?.spec.addresses ?? removes;
  const missing = removes.find((range) => !written.includes(range));
  if (missing !== undefined || removes.length === 0) {
    throw new UsageError(`--remove-pool: pool ${name} has no range ${missing ?? ''}`, {
      suggestions: [`ranges are named as they are written there: ${written.join(', ')}`],
    });
  }
  return { name, adds: [], removes };
}

function rangesIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((range) => range.trim())
    .filter((range) => range !== '');
}

function freeNames(taken: ReadonlySet<string>, count: number): readonly string[] {
  return Array.from({ length: taken.size + count }, (_, index) =>
    index === 0 ? 'new-pool' : `new-pool-${index + 1}`,
  ).filter((name) => !taken.has(name));
}
