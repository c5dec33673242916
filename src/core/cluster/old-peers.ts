import type { BGPPeer, LabelSelector, ObjectMeta } from '../facts/kube-objects.ts';
import {
  filledText,
  flag,
  number,
  present,
  raws,
  text,
  textMap,
  texts,
  type Raw,
} from './parse/fields.ts';

/** The routers under `peers` of a configuration before v0.13, where they had no name; `metadataOf` makes one. */
export function oldPeersIn(
  document: Raw,
  metadataOf: (name: string) => ObjectMeta,
): readonly BGPPeer[] {
  return raws(document, 'peers').map((raw, index) => ({
    kind: 'BGPPeer' as const,
    metadata: metadataOf(`peer-${index + 1}`),
    spec: present({
      myASN: number(raw, 'my-asn'),
      peerASN: number(raw, 'peer-asn'),
      peerAddress: filledText(raw, 'peer-address'),
      sourceAddress: filledText(raw, 'source-address'),
      peerPort: number(raw, 'peer-port'),
      routerID: filledText(raw, 'router-id'),
      nodeSelectors: raws(raw, 'node-selectors').map(selectorOf),
      hasPassword: filledText(raw, 'password') !== undefined,
      bfdProfile: filledText(raw, 'bfd-profile'),
      ebgpMultiHop: flag(raw, 'ebgp-multihop'),
    }),
  }));
}

function selectorOf(raw: Raw): LabelSelector {
  return {
    matchLabels: textMap(raw, 'match-labels'),
    matchExpressions: raws(raw, 'match-expressions').map((each) => ({
      key: text(each, 'key') ?? '',
      operator: text(each, 'operator') ?? '',
      values: texts(each, 'values'),
    })),
  };
}
