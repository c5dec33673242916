import type { BGPPeer } from '../../core/facts/kube-objects.ts';
import { refOf } from '../models/references.ts';
import { listed } from './address-groups.ts';
import { defineRule, type UpgradeRule } from './rule.ts';

const fields = [
  { field: 'dynamicASN', release: 'v0.14.9' },
  { field: 'interface', release: 'v0.15.0' },
  { field: 'dualStackAddressFamily', release: 'v0.15.0' },
  { field: 'localASN', release: 'v0.16.0' },
] as const;

/** Fields of BGPPeers that older releases do not have: what they say is lost with the release. */
export const peerRules: readonly UpgradeRule[] = fields.map(({ field, release }) =>
  defineRule({
    id: `peers-without-${field.toLowerCase()}`,
    release,
    reference: undefined,
    title: `${field} of a BGPPeer is not known before this release`,
    needs: ['bgpAdvertisements'],
    helps: ['bgpPeers'],
    alsoNeeds: ({ bgpAdvertisements }) => (bgpAdvertisements.length > 0 ? ['bgpPeers'] : []),
    down: ({ bgpPeers, installation }) => {
      const own = bgpPeers.state === 'read' ? bgpPeers.items : [];
      const peers = own.filter(
        (peer: BGPPeer) =>
          peer.metadata.namespace === installation?.namespace &&
          (peer.spec[field] ?? false) !== false,
      );
      return peers.length === 0
        ? []
        : [
            {
              weight: 'breaks' as const,
              says: `${listed(peers.map(({ metadata }) => metadata.name))}: the session does not come up without it`,
              details: [],
              objects: peers.map(refOf),
              before: [{ says: `write those peers without ${field}`, mutates: false }],
            },
          ];
    },
  }),
);
