import { nearNames } from '../cluster/near-names.ts';
import { text, type Raw } from '../cluster/parse/fields.ts';

const judged: ReadonlySet<unknown> = new Set([
  'IPAddressPool',
  'L2Advertisement',
  'BGPAdvertisement',
  'BGPPeer',
  'BFDProfile',
  'Community',
  'AddressPool',
]);

/** What a misspelled kind may have meant: nobody is led to the one that is gone. */
const suggested: readonly string[] = [...judged]
  .map(String)
  .filter((kind) => kind !== 'AddressPool');

/** True for the kinds that MetalLB makes its configuration of. */
export function isOurs(value: Raw): boolean {
  return text(value, 'apiVersion')?.startsWith('metallb.io/') === true && judged.has(value['kind']);
}

/** True for a name of one of these kinds. */
export function isOurKind(kind: string): boolean {
  return judged.has(kind);
}

/** Versions of the kinds that are judged; all but the peers have one. */
const versions = (kind: unknown): readonly string[] =>
  kind === 'BGPPeer' ? ['metallb.io/v1beta1', 'metallb.io/v1beta2'] : ['metallb.io/v1beta1'];

/** Kinds of the group that hold no configuration of MetalLB itself; the last is the operator's. */
const otherKinds: readonly string[] = [
  'ServiceL2Status',
  'ServiceBGPStatus',
  'ConfigurationState',
  'MetalLB',
];

/** Why no API server takes an object under this name of its kind; undefined when one does. */
export function strangeKind(value: Raw): StrangeKind | undefined {
  const [apiVersion, kind] = [text(value, 'apiVersion') ?? '', text(value, 'kind') ?? ''];
  if (!apiVersion.startsWith('metallb.io/')) {
    return undefined;
  }
  const served = versions(kind);
  if (judged.has(kind)) {
    return kind === 'AddressPool' || served.includes(apiVersion)
      ? undefined
      : {
          rule: 'unknown-version',
          field: 'apiVersion',
          message: `${kind} is not served as ${apiVersion}, only as ${served.join(' and ')}`,
          advice: `write apiVersion: ${served.at(-1) ?? ''}`,
        };
  }
  const near = nearNames(kind, suggested)[0];
  return otherKinds.includes(kind)
    ? undefined
    : {
        rule: 'unknown-kind',
        field: 'kind',
        message:
          kind === '' ? 'an object of metallb.io without a kind' : `metallb.io has no kind ${kind}`,
        advice: near === undefined ? 'correct the kind' : `did you mean ${near}?`,
      };
}

/** What is wrong with the name of a kind, and where it stands. */
export interface StrangeKind {
  readonly rule: 'unknown-kind' | 'unknown-version';
  readonly field: 'kind' | 'apiVersion';
  readonly message: string;
  readonly advice: string;
}
