import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connectApi } from './api-client.ts';
import type { ApiClient } from './api-client.ts';
import type { Bed } from './bed.ts';
import { programs } from './build.ts';
import { makeAuthority } from './certificates.ts';
import type { CertificateAuthority, CertificateRequest } from './certificates.ts';
import { runCommand } from './command.ts';
import type { CommandResult } from './command.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { joinMachine, joinSegment } from './network.ts';
import type { Program } from './program.ts';
import { apiServerFlags, etcdFlags, serverHosts } from './server-flags.ts';
import { eventually, GivenUp } from './waiting.ts';

export interface ControlPlaneOptions {
  readonly bed: Bed;
  /** `lab` is a whole cluster's API server; `scenario` keeps whatever is written into it as it is. */
  readonly mode: 'lab' | 'scenario';
  /** Ranges of cluster addresses, one per family. */
  readonly serviceRanges?: readonly string[];
  /** The namespace of the shared segment and the address there; a scenario has none. */
  readonly segment?: { readonly namespace: string; readonly address: string };
}

export interface ControlPlane {
  /** The full name of the network namespace of etcd and the API server. */
  readonly namespace: string;
  /** The API server's address, reachable from the machine's own namespace. */
  readonly server: string;
  /** etcd's HTTP gateway, reachable likewise. */
  readonly etcd: string;
  /** The path of the administrator's kubeconfig. */
  readonly kubeconfig: string;
  readonly authority: CertificateAuthority;
  /** The administrator's certificate, for clients that want files. */
  readonly administrator: { readonly certificate: string; readonly key: string };
  /** A client with the administrator's rights. */
  readonly api: ApiClient;
  readonly programs: { readonly etcd: Program; readonly apiServer: Program };
  /** Runs kubectl as the administrator, or as another user by kubeconfig. */
  readonly kubectl: (args: readonly string[], options?: KubectlOptions) => Promise<CommandResult>;
  /** Makes a user and gives the path of a kubeconfig; the user has no rights but those of its groups. */
  readonly clientCertificate: (
    commonName: string,
    organisations?: readonly string[],
    limits?: Pick<CertificateRequest, 'endsAt'>,
  ) => Promise<string>;
  /** Stops both programs; namespaces and files go with the bed. */
  readonly stop: () => Promise<void>;
}

export interface KubectlOptions {
  readonly input?: string;
  readonly kubeconfig?: string;
}

/** Starts etcd and an API server in a namespace of their own and waits until it is ready. */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { bed } = options;
  const paths = await programs(['etcd', 'kube-apiserver', 'kubectl']);
  const [namespace, authority] = await Promise.all([
    controlPlaneNamespace(options),
    makeAuthority(join(bed.folder, 'certificates')),
  ]);
  const etcd = bed.start({
    name: 'etcd',
    command: paths.etcd,
    args: etcdFlags(join(bed.folder, 'etcd'), bed.link.inside),
    namespace,
  });
  const serving = await authority.issue({
    file: 'server',
    commonName: 'kube-apiserver',
    hosts: serverHosts(bed.link.inside, options),
  });
  const administrator = await authority.issue({
    file: 'administrator',
    commonName: 'admin',
    organisations: ['system:masters'],
  });
  const apiServer = bed.start({
    name: 'kube-apiserver',
    command: paths['kube-apiserver'],
    args: apiServerFlags({ ...options, authority, serving, administrator }),
    namespace,
  });
  const server = `https://${bed.link.inside}:6443`;
  const api = connectApi({ server, authority: authority.certificate, ...administrator });
  await untilReady(api, [etcd, apiServer]);
  const clientCertificate = kubeconfigMaker(bed, authority, server);
  const kubeconfig = await writeKubeconfig(join(bed.folder, 'admin.kubeconfig'), {
    server,
    authority: authority.certificate,
    user: 'admin',
    ...administrator,
  });
  return {
    namespace,
    server,
    etcd: `http://${bed.link.inside}:2379`,
    kubeconfig,
    authority,
    administrator,
    api,
    programs: { etcd, apiServer },
    kubectl: (args, { input, kubeconfig: other } = {}) =>
      runCommand(paths.kubectl, ['--kubeconfig', other ?? kubeconfig, ...args], { input }),
    clientCertificate,
    stop: async () => {
      api.close();
      await apiServer.kill();
      await etcd.kill();
    },
  };
}

async function controlPlaneNamespace(options: ControlPlaneOptions): Promise<string> {
  const { bed, segment } = options;
  const namespace = await bed.addNamespace('cp');
  await joinMachine(bed, namespace);
  if (segment !== undefined) {
    await joinSegment(segment.namespace, namespace, [`${segment.address}/24`]);
  }
  return namespace;
}

async function untilReady(api: ApiClient, needed: readonly Program[]): Promise<void> {
  await eventually(
    'the API server to be ready',
    async () => {
      for (const program of needed) {
        if (program.ended() !== undefined) {
          const lastWords = program.log().slice(-3_000);
          throw new GivenUp(`${program.name} ended with ${program.ended()}:\n${lastWords}`);
        }
      }
      const { status, text } = await api.send('GET', '/readyz');
      if (status !== 200) {
        throw new Error(text);
      }
      return true;
    },
    { timeoutMs: 120_000 },
  );
}

function kubeconfigMaker(
  bed: Bed,
  authority: CertificateAuthority,
  server: string,
): ControlPlane['clientCertificate'] {
  let issued = 0;
  return async (commonName, organisations = [], limits = {}) => {
    issued += 1;
    const file = `client-${issued}`;
    const pair = await authority.issue({ file, commonName, organisations, ...limits });
    await mkdir(join(bed.folder, 'kubeconfigs'), { recursive: true });
    return writeKubeconfig(join(bed.folder, 'kubeconfigs', `${file}.kubeconfig`), {
      server,
      authority: authority.certificate,
      user: commonName,
      ...pair,
    });
  };
}
