import { l2Advertisement, loadBalancer, namespace, pool } from './manifest.ts';
import { failedFor, kubectl } from './situation.ts';
import type { Stage } from './situation.ts';

const patch = (name: string, change: object): readonly string[] =>
  kubectl(`-n share patch service ${name} -p`, JSON.stringify(change));

const local = { externalTrafficPolicy: 'Local' } as const;

/** Services that want to share an address and may not. */
export const sharing: Stage = {
  name: 'what Services share',
  objects: [namespace('share'), pool('lan', '10.21.0.0/27'), l2Advertisement('everything')],
  holders: [
    loadBalancer('share/holder', {
      asks: { loadBalancerIPs: '10.21.0.1', 'allow-shared-ip': 'one' },
    }),
    loadBalancer('share/local-holder', {
      asks: { loadBalancerIPs: '10.21.0.2', 'allow-shared-ip': 'two' },
      spec: local,
    }),
    loadBalancer('share/moving-holder', {
      asks: { loadBalancerIPs: '10.21.0.3', 'allow-shared-ip': 'three' },
    }),
  ],
  troubled: [
    loadBalancer('share/other-key', {
      asks: { loadBalancerIPs: '10.21.0.1', 'allow-shared-ip': 'another' },
      port: 81,
    }),
    loadBalancer('share/same-port', {
      asks: { loadBalancerIPs: '10.21.0.1', 'allow-shared-ip': 'one' },
    }),
    loadBalancer('share/other-selector', {
      asks: { loadBalancerIPs: '10.21.0.2', 'allow-shared-ip': 'two' },
      port: 82,
      spec: local,
    }),
    loadBalancer('share/local-beside-cluster', {
      asks: { loadBalancerIPs: '10.21.0.1', 'allow-shared-ip': 'one' },
      port: 83,
      spec: local,
    }),
    loadBalancer('share/patient', {
      asks: { loadBalancerIPs: '10.21.0.3', 'allow-shared-ip': 'three' },
    }),
  ],
  situations: [
    {
      name: 'the holder of the address has another sharing key',
      subject: 'share/other-key',
      cause: 'sharing-key-differs',
      event: failedFor(
        'share/other-key',
        `can't change sharing key for "share/other-key", address also in use by share/holder`,
      ),
      says: ['10.21.0.1', 'share/holder', 'another', 'one'],
      mend: [
        kubectl('-n share annotate --overwrite service other-key metallb.io/allow-shared-ip=one'),
      ],
    },
    {
      name: 'the holder of the shared address serves the same port',
      subject: 'share/same-port',
      cause: 'sharing-port-taken',
      event: failedFor('share/same-port', 'port TCP/80 is already in use on "10.21.0.1"'),
      says: ['10.21.0.1', 'TCP/80', 'share/holder'],
      mend: [patch('same-port', { spec: { ports: [{ $patch: 'replace' }, { port: 84 }] } })],
    },
    {
      name: 'the sharers keep traffic local and select other pods',
      subject: 'share/other-selector',
      cause: 'sharing-backend-differs',
      event: failedFor(
        'share/other-selector',
        `can't change sharing key for "share/other-selector", address also in use by share/local-holder`,
      ),
      says: ['10.21.0.2', 'share/local-holder', 'Local'],
      mend: [patch('other-selector', { spec: { selector: { app: 'local-holder' } } })],
    },
    {
      name: 'one sharer keeps traffic local and the other does not',
      subject: 'share/local-beside-cluster',
      cause: 'sharing-backend-differs',
      event: failedFor(
        'share/local-beside-cluster',
        `can't change sharing key for "share/local-beside-cluster", address also in use by share/holder`,
      ),
      says: ['10.21.0.1', 'share/holder', 'Local'],
      mend: [patch('local-beside-cluster', { spec: { externalTrafficPolicy: 'Cluster' } })],
    },
    {
      name: 'the port in the way is gone and nobody woke MetalLB',
      subject: 'share/patient',
      cause: 'waiting-for-retry',
      event: failedFor('share/patient', 'port TCP/80 is already in use on "10.21.0.3"'),
      // None of the three releases looks at other Services again when a holder changes its ports.
      afterwards: [
        patch('moving-holder', { spec: { ports: [{ $patch: 'replace' }, { port: 85 }] } }),
      ],
      says: ['10.21.0.3'],
      mend: [kubectl('-n share annotate service patient woken=yes')],
    },
  ],
};
