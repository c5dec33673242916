import type { FilePlace } from '../facts/validation.ts';
import { isRaw, text } from '../cluster/parse/fields.ts';
import { nearNames } from '../cluster/near-names.ts';
import { parseVersion } from '../metallb/versions.ts';
import { namesInWords } from './kustomization-notes.ts';
import type { Manifest } from './manifest-set.ts';
import { newerShapeOf, shapeOf, type Shape } from './manifest-shapes.ts';

/** A way into an object: `spec`, `nodeSelectors`, 0. */
export type Path = readonly (string | number)[];

/** Fields that came later than the oldest release with CRDs, by `Kind.field`. */
const since: ReadonlyMap<string, readonly [number, number, number]> = new Map([
  ['IPAddressPool.serviceAllocation', [0, 13, 9]],
  ['L2Advertisement.serviceSelectors', [0, 16, 0]],
  ['L2Advertisement.preferredNodeSelectors', [0, 16, 2]],
  ['BGPAdvertisement.serviceSelectors', [0, 16, 0]],
  ['BGPAdvertisement.asPathPrepend', [0, 16, 2]],
  ['BGPPeer.vrf', [0, 13, 9]],
  ['BGPPeer.enableGracefulRestart', [0, 14, 6]],
  ['BGPPeer.dynamicASN', [0, 14, 9]],
  ['BGPPeer.interface', [0, 15, 0]],
  ['BGPPeer.dualStackAddressFamily', [0, 15, 0]],
  ['BGPPeer.localASN', [0, 16, 0]],
]);

/** A field that no release of MetalLB has, or none in this version of the kind. */
export interface UnknownField {
  /** As the API server writes it: `spec.nodeSelectors[0].matchLabel`. */
  readonly path: string;
  /** The version of the kind, when another one has the field. */
  readonly lackingVersion: string | undefined;
  readonly place: FilePlace;
  readonly advice: string;
}

/** Fields that are misspelled, made up or in the wrong place, from the top of an object down to the entries of its lists. */
export function unknownFields({ object, document }: Manifest): readonly UnknownField[] {
  const apiVersion = text(document.value, 'apiVersion') ?? '';
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const shape = shapeOf(object.kind, version);
  const newer = newerShapeOf(object.kind, version);
  return strangersIn(document.value, shape, []).map(({ path, known }) => {
    const isNewer = newer !== undefined && holds(newer, path);
    return {
      path: pathText(path),
      lackingVersion: isNewer ? apiVersion : undefined,
      place: document.placeOfKey(path),
      advice: isNewer
        ? 'write apiVersion: metallb.io/v1beta2, which has it'
        : adviceFor(path, known, shape),
    };
  });
}

/** `spec.nodeSelectors[0].matchLabel`. */
export function pathText(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
}

interface Stranger {
  readonly path: Path;
  /** What its neighbours may be called. */
  readonly known: readonly string[];
}

function strangersIn(value: unknown, shape: Shape, path: Path): readonly Stranger[] {
  const { items, fields } = shape;
  if (items !== undefined && Array.isArray(value)) {
    return value.flatMap((each: unknown, index) => strangersIn(each, items, [...path, index]));
  }
  if (fields === undefined || !isRaw(value)) {
    return [];
  }
  const known = new Map(Object.entries(fields));
  return Object.entries(value).flatMap(([key, each]) => {
    const inner = known.get(key);
    return inner === undefined
      ? [{ path: [...path, key], known: [...known.keys()] }]
      : strangersIn(each, inner, [...path, key]);
  });
}

/** What stands beside it is nearer to what was meant than the same name elsewhere: moved away, a rule lets all in. */
function adviceFor(path: Path, known: readonly string[], shape: Shape): string {
  const field = String(path.at(-1));
  const near = nearNames(field, known)[0];
  if (near !== undefined) {
    return `did you mean ${near}?`;
  }
  const elsewhere = pathsOf(shape, field).filter((each) => mayBelongAt(each, path));
  const [only] = elsewhere;
  return only !== undefined && elsewhere.length === 1
    ? `it belongs at ${only}`
    : withoutLikeness(path, known);
}

/** Deep inside a rule, taking something out may leave one that selects everything. */
function withoutLikeness(path: Path, known: readonly string[]): string {
  if (known.includes('matchLabels')) {
    return 'put it under matchLabels';
  }
  return path.length > 2 ? `only ${namesInWords(known)} are known here` : 'take it out';
}

/** Labels and names deep inside a rule are what it selects by, not those of the object itself. */
function mayBelongAt(place: string, path: Path): boolean {
  return path.length <= 2 || !place.startsWith('metadata.');
}

/** Where a field of this name is known; what stands in entries of lists has no one place. */
function pathsOf({ fields }: Shape, field: string): readonly string[] {
  return Object.entries(fields ?? {}).flatMap(([key, inner]) => [
    ...(key === field ? [key] : []),
    ...pathsOf(inner, field).map((path) => `${key}.${path}`),
  ]);
}

function holds(shape: Shape, path: Path): boolean {
  const [first, ...rest] = path;
  if (first === undefined) {
    return true;
  }
  const inner =
    typeof first === 'number'
      ? shape.items
      : new Map(Object.entries(shape.fields ?? {})).get(first);
  return inner !== undefined && holds(inner, rest);
}

/** A field that this release does not know yet. */
export interface EarlyField {
  readonly path: string;
  readonly since: string;
  readonly place: FilePlace;
}

/** Fields of `spec` that came with a later release than `version`: there they are dropped without a word. */
export function earlyFields(
  { object, document }: Manifest,
  version: string,
): readonly EarlyField[] {
  const spec = document.value['spec'];
  const running = parseVersion(version);
  if (!isRaw(spec) || running === undefined) {
    return [];
  }
  return Object.keys(spec).flatMap((field) => {
    const came = since.get(`${object.kind}.${field}`);
    return came === undefined || rankOf(running) >= rankOf(came)
      ? []
      : [
          {
            path: `spec.${field}`,
            since: `v${came.join('.')}`,
            place: document.placeOfKey(['spec', field]),
          },
        ];
  });
}

function rankOf([major, minor, patch]: readonly [number, number, number]): number {
  return (major * 1_000_000 + minor) * 1_000_000 + patch;
}
