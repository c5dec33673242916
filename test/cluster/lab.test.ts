import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cacheRoot } from '../testbed/build.ts';
import type { KubernetesObject } from '../testbed/kubernetes-object.ts';
import { startLab } from '../testbed/lab.ts';
import type { Lab } from '../testbed/lab.ts';
import { namespacesOf, processesIn, startTimeOf, sweepLeftovers } from '../testbed/leftovers.ts';
import { namespacePath } from '../testbed/program.ts';
import { METALLB_VERSIONS } from '../testbed/recipes.ts';
import { eventually } from '../testbed/waiting.ts';

const POOL = (name: string, addresses: string): string => `
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: ${name}, namespace: metallb-system }
spec: { addresses: ['${addresses}'] }
`;

const WEB = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }] }
`;

describe.each(METALLB_VERSIONS)('a lab with MetalLB %s', (version) => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await startLab({ metallb: version, nodes: 2 });
  });

  afterAll(async () => {
    const before = await tracesOf(lab.bed.name);
    expect(before.processes.length).toBeGreaterThan(10);
    await lab.stop();
    expect(await remaining(before)).toEqual(NOTHING);
  });

  test('runs one controller and a speaker on every node', async () => {
    const columns = 'custom-columns=:metadata.labels.component,:status.phase';
    const list = ['get', 'pods', '--no-headers', '-o', columns];
    const { stdout } = await lab.kubectl(['-n', 'metallb-system', ...list]);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => line.replace(/\s+/, ' '));
    expect(lines.sort()).toEqual(['controller Running', 'speaker Running', 'speaker Running']);
  });

  test('gives a Service the first address of the pool', async () => {
    await lab.apply(POOL('lan', '192.0.2.100-192.0.2.101'));
    await lab.apply(WEB);
    expect(await addressOfWeb(lab)).toBe('192.0.2.100');
  });

  test('refuses a pool that overlaps another, in the words of the real webhook', async () => {
    await expect(lab.apply(POOL('again', '192.0.2.101-192.0.2.110'))).rejects.toThrow(
      /admission webhook "ipaddresspoolvalidationwebhook.metallb.io" denied the request: CIDR "192.0.2.\d+\/3\d" in pool "again" overlaps with already defined CIDR "192.0.2.100\/31"/,
    );
  });

  test('gives a user no more than the rights asked for', async () => {
    const kubeconfig = await lab.restrictedUser('oncall', ONLY_SERVICES);
    const services = await lab.kubectl(['get', 'services', '-A'], { kubeconfig });
    expect(services).toMatchObject({ code: 0, stdout: expect.stringContaining('192.0.2.100') });
    const pods = await lab.kubectl(['get', 'pods', '-A'], { kubeconfig });
    expect(pods.stderr).toContain(
      'pods is forbidden: User "oncall" cannot list resource "pods" in API group "" at the cluster scope',
    );
  });

  test('starts a killed speaker again and keeps its last words', async () => {
    await lab.restart('speaker', 'node1');
    const previous = await lab.logOf('speaker', { node: 'node1', previous: true });
    expect(previous).toContain('MetalLB speaker starting');
    const other = await lab.logOf('speaker', { node: 'node2', previous: true }).catch(String);
    expect(other).toContain('previous terminated container "speaker" in pod');
  });

  test('outlives a restart of its API server', async () => {
    await lab.restart('kube-apiserver');
    await lab.kubectl(['delete', 'service', 'web']);
    await lab.apply(WEB);
    expect(await addressOfWeb(lab)).toBe('192.0.2.100');
    expect(await lab.logOf('kube-apiserver')).toContain('Serving securely');
  });

  test('shows what becomes of a controller without permissions', async () => {
    await lab.hurry();
    await lab.kubectl(['delete', 'clusterrolebinding', 'metallb-system:controller']);
    await lab.kubectl([...controllerPods('delete'), '--wait=false']);
    const expected = WITHOUT_PERMISSIONS[version];
    await eventually(`a controller ${expected.shown.source}`, async () => {
      const { stdout } = await lab.kubectl([...controllerPods('get'), '--no-headers']);
      return expected.shown.test(stdout) ? true : undefined;
    });
    const says =
      /services is forbidden: User \\?"system:serviceaccount:metallb-system:controller\\?" cannot list/;
    await eventually(`the log to match ${says.source}`, async () =>
      says.test(await lab.logOf('controller', { previous: expected.previous })) ? true : undefined,
    );
  });

  test('cannot pull an image that was never released', async () => {
    const image = 'controller=quay.io/metallb/controller:v9.9.9';
    await lab.kubectl(['-n', 'metallb-system', 'set', 'image', 'deployment/controller', image]);
    await eventually('the pull to fail', async () => {
      const { stdout } = await lab.kubectl([...controllerPods('get'), '--no-headers']);
      return /ImagePullBackOff/.test(stdout) ? true : undefined;
    });
  });
});

test('a node with its cable pulled becomes NotReady, and Ready again', async () => {
  await using lab = await startLab({ metallb: 'v0.15.3', nodes: 2, nodeGraceSeconds: 20 });
  await lab.unplug('node2');
  await lab.kubectl(['wait', 'node/node2', '--for=condition=Ready=Unknown', '--timeout=180s']);
  await eventually('one node to be Ready', async () => {
    const { stdout } = await lab.kubectl(['get', 'nodes', '--no-headers']);
    return /^node1 +Ready .*\nnode2 +NotReady /.test(stdout) ? true : undefined;
  });
  await lab.plug('node2');
  const again = await lab.kubectl([
    'wait',
    'node/node2',
    '--for=condition=Ready',
    '--timeout=180s',
  ]);
  expect(again.stdout).toContain('condition met');
});

test('a lab whose owner was killed is cleared away by the next sweep', async () => {
  const owner = spawn(process.execPath, [join(import.meta.dirname, 'abandoned-lab.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [name] = (await once(owner.stdout, 'data')).map((chunk) => String(chunk).trim());
  expect(name).toMatch(/^tb/);
  const before = await tracesOf(String(name));
  expect(before.namespaces).toEqual(
    expect.arrayContaining([`${name}-cp`, `${name}-node1`, `${name}-sw`]),
  );
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  expect(await sweepLeftovers()).toContain(name);
  expect(await remaining(before)).toEqual(NOTHING);
});

/** The probes of 0.16 do not ask about the caches: its controller is Ready and does nothing. */
const WITHOUT_PERMISSIONS = {
  'v0.14.9': { shown: /^\S+ +0\/1 +CrashLoopBackOff +[1-9]/, previous: true },
  'v0.15.3': { shown: /^\S+ +0\/1 +CrashLoopBackOff +[1-9]/, previous: true },
  'v0.16.1': { shown: /^\S+ +1\/1 +Running +0 +[^\n]+\n$/, previous: false },
};

const ONLY_SERVICES = `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: only-services }
rules: [{ apiGroups: [''], resources: [services], verbs: [list, get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: only-services }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: only-services }
subjects: [{ apiGroup: rbac.authorization.k8s.io, kind: User, name: oncall }]
`;

function controllerPods(verb: string): string[] {
  return ['-n', 'metallb-system', verb, 'pods', '-l', 'component=controller'];
}

function addressOfWeb(lab: Lab): Promise<string> {
  return eventually('an address', async () => {
    const service = await lab.controlPlane.api.get('/api/v1/namespaces/default/services/web');
    return firstAddress(service);
  });
}

function firstAddress(service: KubernetesObject | undefined): string | undefined {
  const status = service?.['status'] as
    | { loadBalancer?: { ingress?: { ip?: string }[] } }
    | undefined;
  return status?.loadBalancer?.ingress?.[0]?.ip;
}

interface Traces {
  readonly namespaces: readonly string[];
  readonly processes: readonly number[];
  readonly folders: readonly string[];
}

const NOTHING: Traces = { namespaces: [], processes: [], folders: [] };

async function tracesOf(name: string): Promise<Traces> {
  const namespaces = await namespacesOf(name);
  const folders = [join(cacheRoot(), 'beds', name)];
  return { namespaces, processes: await processesIn(namespaces), folders };
}

async function remaining({ namespaces, processes, folders }: Traces): Promise<Traces> {
  return {
    namespaces: namespaces.filter((namespace) => existsSync(namespacePath(namespace))),
    processes: processes.filter((pid) => startTimeOf(pid) !== undefined),
    folders: folders.filter((folder) => existsSync(folder)),
  };
}
