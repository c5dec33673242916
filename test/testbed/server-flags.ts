import type { CertificateAuthority, KeyPair } from './certificates.ts';
import type { ControlPlaneOptions } from './control-plane.ts';

const LAB_SERVICE_RANGES = ['10.96.0.0/12', 'fd00:96::/108'];
const SCENARIO_SERVICE_RANGES = ['10.96.0.0/12'];

/** Admission that would change objects on their way in, or refuse those of somebody else's cluster. */
const CHANGING_ADMISSION = [
  'ServiceAccount',
  'Priority',
  'TaintNodesByCondition',
  'DefaultTolerationSeconds',
  'PodSecurity',
  'RuntimeClass',
  'DefaultStorageClass',
  'StorageObjectInUseProtection',
];

export interface ServerParts extends ControlPlaneOptions {
  readonly authority: CertificateAuthority;
  readonly serving: KeyPair;
  readonly administrator: KeyPair;
}

/** etcd without fsync: its data is as short-lived as the bed. */
export function etcdFlags(folder: string, address: string): string[] {
  const clients = `http://127.0.0.1:2379,http://${address}:2379`;
  return [
    '--name=testbed',
    `--data-dir=${folder}`,
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    '--listen-peer-urls=http://127.0.0.1:2380',
    '--initial-advertise-peer-urls=http://127.0.0.1:2380',
    '--initial-cluster=testbed=http://127.0.0.1:2380',
    '--unsafe-no-fsync',
    '--log-level=warn',
  ];
}

export function apiServerFlags(parts: ServerParts): string[] {
  const { bed, mode, authority, serving, administrator, segment } = parts;
  return [
    '--etcd-servers=http://127.0.0.1:2379',
    // Values in etcd stay readable, and can be written by a test that needs what no client may set.
    '--storage-media-type=application/json',
    '--bind-address=0.0.0.0',
    '--secure-port=6443',
    `--advertise-address=${segment?.address ?? bed.link.inside}`,
    `--client-ca-file=${authority.certificate}`,
    `--tls-cert-file=${serving.certificate}`,
    `--tls-private-key-file=${serving.key}`,
    '--authorization-mode=RBAC',
    '--allow-privileged=true',
    `--service-cluster-ip-range=${rangesOf(parts).join(',')}`,
    `--service-account-key-file=${authority.tokens.publicKey}`,
    `--service-account-signing-key-file=${authority.tokens.privateKey}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--kubelet-client-certificate=${administrator.certificate}`,
    `--kubelet-client-key=${administrator.key}`,
    '--kubelet-preferred-address-types=InternalIP,Hostname',
    ...(mode === 'scenario' ? scenarioFlags() : []),
  ];
}

/** The names and addresses under which clients reach the API server. */
export function serverHosts(linkAddress: string, options: ControlPlaneOptions): string[] {
  const own = options.segment === undefined ? [] : [options.segment.address];
  const services = rangesOf(options).map(firstAddressOf);
  const names = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'localhost'];
  return ['127.0.0.1', linkAddress, ...own, ...services, ...names];
}

function scenarioFlags(): string[] {
  return [
    `--disable-admission-plugins=${CHANGING_ADMISSION.join(',')}`,
    '--endpoint-reconciler-type=none',
  ];
}

function rangesOf({ mode, serviceRanges }: ControlPlaneOptions): readonly string[] {
  return serviceRanges ?? (mode === 'lab' ? LAB_SERVICE_RANGES : SCENARIO_SERVICE_RANGES);
}

/** The API server takes the first address of each range for itself. */
function firstAddressOf(range: string): string {
  const base = range.slice(0, range.indexOf('/'));
  return base.includes(':') ? `${base}1` : base.replace(/\d+$/, (last) => `${Number(last) + 1}`);
}
