import type { Pod } from '../../../core/facts/kube-objects.ts';
import { editDistance } from '../allocation/near.ts';

type Labels = Readonly<Record<string, string>>;

/** Pods that carry the same labels, but for what each revision and each pod has of its own. */
export interface NearPods {
  readonly pods: readonly Pod[];
  /** The pairs of the selector that they lack, and what they have instead. */
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly key: string;
  readonly wanted: string;
  /** The value under the same key. */
  readonly has: string | undefined;
  /** A key that is nearly the same, and carries the value that is wanted. */
  readonly alike: string | undefined;
}

/** The pods that come closest to what the selector asks for, the closest first; those that resemble it in nothing are left out. */
export function nearestPods(selector: Labels, pods: readonly Pod[]): readonly NearPods[] {
  const groups = Map.groupBy(pods, ({ metadata }) =>
    JSON.stringify(lastingLabels(metadata.labels)),
  );
  return [...groups.values()]
    .map((alike) => ({ pods: alike, differences: differencesOf(selector, labelsOf(alike)) }))
    .map((near) => ({ near, score: scoreOf(selector, near) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || b.near.pods.length - a.near.pods.length)
    .map(({ near }) => near);
}

function labelsOf([first]: readonly Pod[]): Labels {
  return first?.metadata.labels ?? {};
}

const passing: readonly string[] = [
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
];

function lastingLabels(labels: Labels): readonly (readonly [string, string])[] {
  return Object.entries(labels)
    .filter(([key]) => !passing.includes(key))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function differencesOf(selector: Labels, labels: Labels): readonly Difference[] {
  const own = new Map(Object.entries(labels));
  return Object.entries(selector)
    .filter(([key, wanted]) => own.get(key) !== wanted)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, wanted]) => ({
      key,
      wanted,
      has: own.get(key),
      alike: [...own].find(([other, value]) => value === wanted && isAlike(other, key))?.[0],
    }));
}

/** `app` and `app.kubernetes.io/name`, `App` and `app`. */
function isAlike(left: string, right: string): boolean {
  return (
    isTypo(left, right) ||
    ['app', 'app.kubernetes.io/name', 'k8s-app', 'name'].filter((key) =>
      [left, right].includes(key),
    ).length === 2
  );
}

/** No label is longer; what a forged dump holds may be, and comparing takes the product of both lengths. */
const longest = 320;

function isTypo(left: string, right: string): boolean {
  if (left.length > longest || right.length > longest) {
    return left === right;
  }
  const distance = editDistance(left.toLowerCase(), right.toLowerCase());
  return distance <= Math.max(1, Math.floor(Math.min(left.length, right.length) / 4));
}

const weights = { same: 4, alike: 3, typo: 2, sameKey: 0 } as const;

/** A pair that fits counts most; an equal key with a wholly other value (`app=other`) is no likeness. */
function scoreOf(selector: Labels, { differences }: NearPods): number {
  const fits = Object.keys(selector).length - differences.length;
  return differences.reduce((sum, each) => sum + likeness(each), fits * weights.same);
}

function likeness({ wanted, has, alike }: Difference): number {
  if (alike !== undefined) {
    return weights.alike;
  }
  const isNear =
    has !== undefined && (isTypo(has, wanted) || has.includes(wanted) || wanted.includes(has));
  return isNear ? weights.typo : weights.sameKey;
}

/** `tier is "back", not "front"`: of pods whose labels nearly fit. */
export function differenceText({ key, wanted, has, alike }: Difference): string {
  if (has !== undefined) {
    return `${key} is ${JSON.stringify(has)}, not ${JSON.stringify(wanted)}`;
  }
  return alike === undefined
    ? `there is no label ${key} (wanted: ${JSON.stringify(wanted)})`
    : `${JSON.stringify(wanted)} stands under ${alike}, not under ${key}`;
}
