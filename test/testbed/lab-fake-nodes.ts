import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Bed } from './bed.ts';
import { programs } from './build.ts';
import type { ControlPlane } from './control-plane.ts';
import { SEGMENT } from './lab-node.ts';
import type { LabNode } from './lab-node.ts';
import { configure } from './network.ts';
import type { Program } from './program.ts';
import { eventually } from './waiting.ts';

/** Fake nodes have addresses of this range; all of them are the control plane's machine. */
const FAKE_RANGE = '10.250.0.0/16';
const KUBELET_PORT = 10_247;
const MARK = { key: 'kwok.x-k8s.io/node', value: 'fake' };

/** Adds nodes that only pretend to run pods, and waits until each has its Ready speaker. */
export async function startFakeNodes(
  bed: Bed,
  plane: ControlPlane,
  { nodes, count }: { nodes: readonly LabNode[]; count: number },
): Promise<Program> {
  const { kwok } = await programs(['kwok']);
  await configure(plane.namespace, [`route add local ${FAKE_RANGE} dev lo`]);
  // Speakers try to reach their fellows: a refusal is quicker than silence.
  const toFakes = [`route add ${FAKE_RANGE} via ${SEGMENT.controlPlane}`];
  await Promise.all(nodes.map(({ namespace }) => configure(namespace, toFakes)));
  const program = bed.start({
    name: 'kwok',
    command: kwok,
    args: await kwokFlags(bed, plane, nodes),
    namespace: plane.namespace,
  });
  for (let number = 0; number < count; number += 1) {
    await plane.api.create('/api/v1/nodes', fakeNode(number));
  }
  await untilSpeakersReady(plane, nodes.length + count);
  return program;
}

async function kwokFlags(
  bed: Bed,
  plane: ControlPlane,
  nodes: readonly LabNode[],
): Promise<string[]> {
  const serving = await plane.authority.issue({
    file: 'kwok',
    commonName: 'kwok',
    hosts: ['127.0.0.1'],
  });
  return [
    `--kubeconfig=${plane.kubeconfig}`,
    `--config=${await writeLogConfiguration(bed, nodes)}`,
    `--manage-nodes-with-annotation-selector=${MARK.key}=${MARK.value}`,
    '--manage-all-nodes=false',
    '--node-ip=10.250.255.1',
    `--node-port=${KUBELET_PORT}`,
    `--server-address=0.0.0.0:${KUBELET_PORT}`,
    '--node-lease-duration-seconds=40',
    '--cidr=10.251.0.0/16',
    `--tls-cert-file=${serving.certificate}`,
    `--tls-private-key-file=${serving.key}`,
  ];
}

/** Every fake speaker says what a real one said, again and again up to a few hundred lines. */
async function writeLogConfiguration(bed: Bed, nodes: readonly LabNode[]): Promise<string> {
  const said = await speakerLines(nodes);
  const enough = Array.from({ length: Math.ceil(400 / said.length) }, () => said).flat();
  const logsFile = join(bed.folder, 'fake-speaker.log');
  await writeFile(logsFile, enough.map(containerRuntimeForm).join(''));
  const document = {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterLogs',
    metadata: { name: 'speakers' },
    spec: {
      selector: { matchNamespaces: ['metallb-system'] },
      logs: [{ containers: ['speaker'], logsFile, previousLogsFile: logsFile }],
    },
  };
  const path = join(bed.folder, 'kwok.yaml');
  await writeFile(path, stringify(document));
  return path;
}

async function speakerLines(nodes: readonly LabNode[]): Promise<string[]> {
  const folder = join(nodes[0]?.folder ?? '', 'logs');
  const pods = await readdir(folder).catch(() => []);
  const speaker = pods.find((name) => name.startsWith('metallb-system_speaker')) ?? '';
  const text = await readFile(join(folder, speaker, 'speaker', '0.log'), 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.length > 0 ? lines : [`${new Date().toISOString()} no speaker has spoken yet`];
}

/** A container runtime's log has the stream and a tag between the time and the text. */
function containerRuntimeForm(line: string): string {
  const space = line.indexOf(' ');
  return `${line.slice(0, space)} stdout F ${line.slice(space + 1)}\n`;
}

function fakeNode(number: number): object {
  const name = `fake${String(number + 1).padStart(3, '0')}`;
  const address = `10.250.${Math.floor(number / 250)}.${(number % 250) + 1}`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { [MARK.key]: MARK.value },
      labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' },
    },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
    },
  };
}

async function untilSpeakersReady(plane: ControlPlane, count: number): Promise<void> {
  const path = '/apis/apps/v1/namespaces/metallb-system/daemonsets/speaker';
  await eventually(
    `${count} speakers`,
    async () => {
      const status = (await plane.api.get(path))?.['status'] as { numberReady?: number };
      if (status.numberReady !== count) {
        throw new Error(`${status.numberReady ?? 0} of ${count}`);
      }
      return true;
    },
    { timeoutMs: 180_000, everyMs: 500 },
  );
}
