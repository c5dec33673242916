import { isRaw, text, type Raw } from '../cluster/parse/fields.ts';
import type { ManifestProblem } from '../facts/validation.ts';
import { pathText, type Path } from './known-fields.ts';
import { refOf, type Manifest } from './manifest-set.ts';
import { shapeOf, type Shape } from './manifest-shapes.ts';

type Type = 'list' | 'map' | 'number' | 'boolean' | 'string';

/** The type that MetalLB's schemas want, by field of `spec`; a name has one type in all kinds. */
const types: Readonly<Record<string, Type>> = {
  addresses: 'list',
  autoAssign: 'boolean',
  avoidBuggyIPs: 'boolean',
  serviceAllocation: 'map',
  ipAddressPools: 'list',
  ipAddressPoolSelectors: 'list',
  nodeSelectors: 'list',
  serviceSelectors: 'list',
  interfaces: 'list',
  aggregationLength: 'number',
  aggregationLengthV6: 'number',
  localPref: 'number',
  communities: 'list',
  peers: 'list',
  myASN: 'number',
  peerASN: 'number',
  localASN: 'number',
  peerPort: 'number',
  peerAddress: 'string',
  sourceAddress: 'string',
  routerID: 'string',
  holdTime: 'string',
  keepaliveTime: 'string',
  connectTime: 'string',
  bfdProfile: 'string',
  password: 'string',
  passwordSecret: 'map',
  vrf: 'string',
  ebgpMultiHop: 'boolean',
  enableGracefulRestart: 'boolean',
  disableMP: 'boolean',
  dualStackAddressFamily: 'boolean',
  receiveInterval: 'number',
  transmitInterval: 'number',
  echoInterval: 'number',
  detectMultiplier: 'number',
  minimumTtl: 'number',
  echoMode: 'boolean',
  passiveMode: 'boolean',
};

/** What MetalLB's schemas themselves bound. */
const bounds: Readonly<Record<string, readonly [least: number, most: number]>> = {
  aggregationLength: [1, Number.MAX_SAFE_INTEGER],
  peerPort: [1, 16_384],
  myASN: [0, 4_294_967_295],
  peerASN: [0, 4_294_967_295],
  localASN: [1, 4_294_967_295],
  localPref: [0, 4_294_967_295],
};

/** What the API server refuses before MetalLB sees it: a missing name, a wrong type, a number out of bounds. */
export function schemaProblems(manifest: Manifest): readonly ManifestProblem[] {
  const { object, document } = manifest;
  const spec = document.value['spec'];
  const problem = (rule: string, field: Path, message: string): ManifestProblem => ({
    severity: 'error',
    rule,
    object: refOf(object),
    place: document.placeOf(field),
    other: undefined,
    message,
    refusedBy: ['API server'],
    waitsFor: undefined,
    advice: 'write it as the API has it',
  });
  const textless = textlessIn(document.value, shapeOf(object.kind, ''), []);
  const unnamed = object.metadata.name === '' && !hasSomeName(document.value);
  return [
    ...(unnamed
      ? [
          {
            ...problem('no-name', ['metadata'], `this ${object.kind} has no name`),
            advice: 'give it a name',
          },
        ]
      : []),
    ...textless.map(({ path, value }) => ({
      ...problem('wrong-type', path, `${pathText(path)} must be a string, not a ${typeOf(value)}`),
      advice:
        isRaw(value) || Array.isArray(value) ? 'write it as the API has it' : 'put it in quotes',
    })),
    ...(isRaw(spec) ? faultsIn(spec) : []).map(({ field, says }) =>
      problem('wrong-type', ['spec', field], `spec.${field} ${says}`),
    ),
  ];
}

/** A name that is no text is told as that. */
function hasSomeName(value: Raw): boolean {
  const metadata = value['metadata'];
  return (
    isRaw(metadata) &&
    (text(metadata, 'generateName') !== undefined || typeof metadata['name'] === 'number')
  );
}

interface Textless {
  readonly path: Path;
  readonly value: unknown;
}

/** Names, labels and the like that YAML reads as numbers and booleans: neither kubectl nor the API server takes them. */
function textlessIn(value: unknown, shape: Shape, path: Path): readonly Textless[] {
  const { items, fields, holdsTexts, isText } = shape;
  if (isText === true) {
    return value === null || typeof value === 'string' ? [] : [{ path, value }];
  }
  if (items !== undefined && Array.isArray(value)) {
    return value.flatMap((each: unknown, index) => textlessIn(each, items, [...path, index]));
  }
  const inner = new Map(Object.entries(fields ?? {}));
  return Object.entries(isRaw(value) ? value : {}).flatMap(([key, each]) => {
    const below = holdsTexts === true ? { isText: true as const } : inner.get(key);
    return below === undefined ? [] : textlessIn(each, below, [...path, key]);
  });
}

function faultsIn(spec: Raw): readonly { readonly field: string; readonly says: string }[] {
  return Object.entries(spec).flatMap(([field, value]) => {
    const wanted = Object.hasOwn(types, field) ? types[field] : undefined;
    if (wanted === undefined || value === null) {
      return [];
    }
    if (typeOf(value) !== wanted) {
      return [{ field, says: `must be a ${wanted}, not a ${typeOf(value)}` }];
    }
    const [least, most] = (Object.hasOwn(bounds, field) ? bounds[field] : undefined) ?? [];
    const isOutside =
      typeof value === 'number' &&
      least !== undefined &&
      most !== undefined &&
      (!Number.isInteger(value) || value < least || value > most);
    return isOutside ? [{ field, says: `must be a whole number from ${least} to ${most}` }] : [];
  });
}

function typeOf(value: unknown): Type {
  if (Array.isArray(value)) {
    return 'list';
  }
  if (isRaw(value)) {
    return 'map';
  }
  return typeof value === 'number' || typeof value === 'bigint' ? 'number' : scalarType(value);
}

function scalarType(value: unknown): Type {
  return typeof value === 'boolean' ? 'boolean' : 'string';
}
