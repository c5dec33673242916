import type { Service } from '../../../core/facts/kube-objects.ts';
import {
  type AnnotationName,
  annotationOf,
  deprecatedPrefix,
  newPrefix,
} from '../../../core/metallb/annotations.ts';
import type { Behaviour } from '../../../core/metallb/versions.ts';
import { editDistance } from './near.ts';

/** Something a Service asks MetalLB for in a place or spelling that MetalLB does not read. */
export interface UnreadKey {
  readonly where: 'annotation' | 'label';
  /** As it is written. */
  readonly key: string;
  readonly value: string;
  /** What it was probably meant to be. */
  readonly meant: AnnotationName;
  readonly why: 'is-a-label' | 'misspelled' | 'prefix-too-new' | 'hidden';
}

const names: readonly AnnotationName[] = ['address-pool', 'loadBalancerIPs', 'allow-shared-ip'];
const prefixes = [newPrefix, deprecatedPrefix];
/** What MetalLB itself writes. */
const ownNotes = new Set(prefixes.map((prefix) => `${prefix}ip-allocated-from-pool`));

/** Every wish of the Service that this release passes over in silence. */
export function unreadKeys(service: Service, behaviour: Behaviour): readonly UnreadKey[] {
  const { annotations, labels } = service.metadata;
  const found = [
    ...Object.entries(annotations).flatMap(([key, value]) => asMeant('annotation', key, value)),
    ...Object.entries(labels).flatMap(([key, value]) => asMeant('label', key, value)),
  ];
  const hidden = hiddenKeys(service, behaviour);
  // most Services ask for nothing
  if (found.length === 0 && hidden.length === 0) {
    return [];
  }
  const read = new Set(names.flatMap((name) => readKeys(name, behaviour)));
  const answered = names.filter((name) =>
    readKeys(name, behaviour).some((key) => Object.hasOwn(annotations, key)),
  );
  const unread = found.filter(
    ({ where, key, meant, value }) =>
      !(where === 'annotation' && read.has(key)) && !answered.includes(meant) && value !== '',
  );
  return [...unread, ...hidden].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** The new key wins by being there: an empty one hides what the old one asks for. */
function hiddenKeys(service: Service, behaviour: Behaviour): readonly UnreadKey[] {
  const annotations = new Map(
    Object.entries(service.metadata.annotations).filter(([key]) =>
      key.startsWith(deprecatedPrefix),
    ),
  );
  return annotations.size === 0
    ? []
    : names.flatMap((meant) => {
        const key = deprecatedPrefix + meant;
        const value = annotations.get(key) ?? '';
        const isHidden = value !== '' && annotationOf(service, meant, behaviour) === '';
        return isHidden ? [{ where: 'annotation', key, value, meant, why: 'hidden' } as const] : [];
      });
}

function readKeys(name: AnnotationName, { knowsNewPrefix }: Behaviour): readonly string[] {
  return (knowsNewPrefix ? prefixes : [deprecatedPrefix]).map((prefix) => prefix + name);
}

function asMeant(where: UnreadKey['where'], key: string, value: string): readonly UnreadKey[] {
  const [prefix, name] = parted(key);
  const isTheirs = ownNotes.has(key) || !isMetalLBs(prefix, where);
  const meant = isTheirs ? undefined : meantBy(name, prefix === '' ? 0 : typingSlips);
  if (meant === undefined) {
    return [];
  }
  const isSpelledRight = prefixes.some((each) => key === each + meant);
  const inPlace = isSpelledRight ? 'prefix-too-new' : 'misspelled';
  return [{ where, key, value, meant, why: where === 'label' ? 'is-a-label' : inPlace }];
}

function parted(key: string): readonly [prefix: string, name: string] {
  const slash = key.indexOf('/');
  return [key.slice(0, slash + 1), key.slice(slash + 1)];
}

const prefixSlips = 3;
const typingSlips = 2;

/** Without a prefix only annotations count, and only exact words: such labels may be anybody's. */
function isMetalLBs(prefix: string, where: UnreadKey['where']): boolean {
  if (prefix === '') {
    return where === 'annotation';
  }
  return (
    /metal-?lb/i.test(prefix) ||
    prefixes.some((each) => editDistance(prefix.toLowerCase(), each) <= prefixSlips)
  );
}

/** `loadbalancerIP`, `load-balancer-ips`, `allow-shared-ips` and the like. */
function meantBy(name: string, slips: number): AnnotationName | undefined {
  const plain = squeezed(name);
  return names.find((each) => editDistance(plain, squeezed(each)) <= slips);
}

function squeezed(text: string): string {
  return text.toLowerCase().replaceAll(/[-_.]/g, '');
}

/** `label metallb.io/allow-shared-ip=web`, with what is wrong about it. */
export function unreadText(unread: UnreadKey, readPrefix: string): string {
  const { where, key, value, meant, why } = unread;
  const should = `${readPrefix}${meant}`;
  switch (why) {
    case 'is-a-label':
      return `${where} ${key}=${value}: MetalLB reads annotations only; the annotation is ${should}`;
    case 'misspelled':
      return `${where} ${key}=${value}: MetalLB does not know it; the annotation is ${should}`;
    case 'hidden':
      return `${where} ${key}=${value}: the empty annotation ${should} beside it wins`;
    case 'prefix-too-new':
      return `${where} ${key}=${value}: this release only reads ${should} (the other prefix came with v0.14.9)`;
  }
}
