import { expect, test } from 'vitest';
import { strangeKind } from '../../../src/core/gitops/own-kinds.ts';

test.each([
  ['IPAddressPoolList', 'did you mean IPAddressPool?'],
  ['AddressPools', 'did you mean IPAddressPool?'],
  ['addresspool', 'did you mean IPAddressPool?'],
  ['BgpPeer', 'did you mean BGPPeer?'],
  ['Peer', 'did you mean BGPPeer?'],
  ['Widget', 'correct the kind'],
])('%s: %s', (kind, advice) => {
  expect(strangeKind({ apiVersion: 'metallb.io/v1beta1', kind })).toEqual({
    rule: 'unknown-kind',
    field: 'kind',
    message: `metallb.io has no kind ${kind}`,
    advice,
  });
});
