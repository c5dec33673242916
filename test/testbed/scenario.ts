import { once } from 'node:events';
import { rename, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { openBed } from './bed.ts';
import type { Bed } from './bed.ts';
import { startControlPlane } from './control-plane.ts';
import type { ControlPlane } from './control-plane.ts';
import { connectEtcd } from './etcd-store.ts';
import type { EtcdStore } from './etcd-store.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { configure } from './network.ts';
import { etcdEntries, planScenario } from './scenario-plan.ts';
import type { ScenarioPlan, ScenarioSource } from './scenario-plan.ts';
import { refusedObjects } from './scenario-refusals.ts';
import type { Refusal } from './scenario-refusals.ts';
import { silence } from './scenario-silence.ts';
import { scenarioStore } from './scenario-store.ts';
import type { ScenarioStore } from './scenario-store.ts';
import type { CustomKind } from './storage-keys.ts';
import { KUBELET_PORT } from './log-stub.ts';
import { eventually, GivenUp } from './waiting.ts';

/** A bare API server that can show one described cluster after another. */
export interface ScenarioServer extends AsyncDisposable {
  readonly bed: Bed;
  readonly controlPlane: ControlPlane;
  /** Replaces whatever is shown by the cluster that a directory describes. */
  readonly show: (source: ScenarioSource) => Promise<Scenario>;
  readonly stop: () => Promise<void>;
}

/** A cluster that is being shown; it ends with the next one. */
export interface Scenario {
  /** The administrator's kubeconfig. */
  readonly kubeconfig: string;
  /** Every object as it was written, times moved to now. */
  readonly objects: readonly KubernetesObject[];
  /** The custom kinds among them. */
  readonly kinds: readonly CustomKind[];
  /** Pods whose node does not answer, as `namespace/name`: their logs cannot be had. */
  readonly silentPods: ReadonlySet<string>;
  /** How far times were moved. */
  readonly shiftedMs: number;
  /** Objects that the API server would not have taken from a client, and its reason. */
  readonly refusals: () => Promise<readonly Refusal[]>;
}

/** Starts etcd, an API server and the log stub, in a network namespace of their own. */
export async function startScenarioServer(): Promise<ScenarioServer> {
  const bed = await openBed();
  try {
    const controlPlane = await startControlPlane({
      bed,
      mode: 'scenario',
      // Either family may occur in the files; addresses are written as they are, never allocated.
      serviceRanges: ['10.96.0.0/12', 'fd00:96::/108'],
    });
    const etcd = connectEtcd(controlPlane.etcd);
    await etcd.put(etcdEntries(silence, []));
    const store = await scenarioStore(etcd);
    await startLogStub(bed, controlPlane);
    const stop = async (): Promise<void> => {
      etcd.close();
      await controlPlane.stop();
      await bed.stop();
    };
    return {
      bed,
      controlPlane,
      show: (source) => show({ bed, controlPlane, etcd, store }, source),
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await bed.stop();
    throw error;
  }
}

/** Starts a server for one scenario alone; it is stopped by stopping the server. */
export async function startScenario(
  source: ScenarioSource,
): Promise<{ server: ScenarioServer; scenario: Scenario }> {
  const server = await startScenarioServer();
  try {
    return { server, scenario: await server.show(source) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

interface Parts {
  readonly bed: Bed;
  readonly controlPlane: ControlPlane;
  readonly etcd: EtcdStore;
  readonly store: ScenarioStore;
}

async function show(parts: Parts, source: ScenarioSource): Promise<Scenario> {
  const { bed, controlPlane, store } = parts;
  const plan = await planScenario(source, new Date());
  await writeLogWorld(bed, plan);
  await cutOff(
    controlPlane.namespace,
    plan.silentNodes.flatMap(({ addresses }) => addresses),
  );
  await store.replaceAll(plan.entries);
  await untilServed(controlPlane, plan);
  return {
    kubeconfig: controlPlane.kubeconfig,
    objects: plan.objects,
    kinds: plan.kinds,
    silentPods: plan.silentPods,
    shiftedMs: plan.shiftedMs,
    refusals: () => refusedObjects(controlPlane.api, parts.etcd, plan),
  };
}

async function startLogStub(bed: Bed, { namespace, authority }: ControlPlane): Promise<void> {
  const everywhere = ['0.0.0.0/0', '::/0'];
  await configure(
    namespace,
    everywhere.map((range) => `route add local ${range} dev lo table main`),
  );
  const pair = await authority.issue({
    file: 'kubelet',
    commonName: 'kubelet',
    hosts: ['kubelet'],
  });
  const { certificate, key } = pair;
  const files = ['--world', worldFile(bed), '--certificate', certificate, '--key', key];
  const stub = bed.start({
    name: 'log-stub',
    command: process.execPath,
    args: [join(import.meta.dirname, 'log-stub.ts'), ...files],
    namespace,
  });
  await eventually('the log stub to listen', async () => {
    if (stub.ended() !== undefined) {
      throw new GivenUp(`the log stub ended: ${stub.log()}`);
    }
    const socket = connect(KUBELET_PORT, bed.link.inside);
    await once(socket, 'connect').finally(() => socket.destroy());
    return true;
  });
}

async function writeLogWorld(bed: Bed, plan: ScenarioPlan): Promise<void> {
  const draft = `${worldFile(bed)}.draft`;
  await writeFile(draft, JSON.stringify(plan.logWorld));
  await rename(draft, worldFile(bed));
}

function worldFile(bed: Bed): string {
  return join(bed.folder, 'log-world.json');
}

/** A node that no longer answers is not on the network either: dialling it says "no route to host". */
async function cutOff(namespace: string, addresses: readonly string[]): Promise<void> {
  await configure(namespace, [
    'route flush table main type unreachable',
    ...addresses.map((address) => `route add unreachable ${address} table main`),
  ]);
}

/** Waits until discovery names exactly the kinds of the scenario's definitions. */
async function untilServed({ api }: ControlPlane, plan: ScenarioPlan): Promise<void> {
  const wanted = [...plan.groupVersions.keys()].sort();
  await eventually(
    'the API server to serve the definitions of the scenario',
    async () => {
      const { groups } = JSON.parse((await api.send('GET', '/apis')).text) as ApiGroups;
      const custom = groups.filter(({ name }) => plan.isCustomGroup(name));
      const served = custom.flatMap(({ versions }) => versions.map((item) => item.groupVersion));
      if (served.sort().join() !== wanted.join()) {
        throw new Error(`served are ${served.join()}, wanted ${wanted.join()}`);
      }
      for (const [groupVersion, plurals] of plan.groupVersions) {
        await untilListed(api, groupVersion, plurals);
      }
      return true;
    },
    { everyMs: 20 },
  );
}

interface ApiGroups {
  readonly groups: readonly {
    readonly name: string;
    readonly versions: readonly { readonly groupVersion: string }[];
  }[];
}

async function untilListed(
  api: ControlPlane['api'],
  groupVersion: string,
  plurals: readonly string[],
): Promise<void> {
  const { text } = await api.send('GET', `/apis/${groupVersion}`);
  const { resources } = JSON.parse(text) as { resources: readonly { name: string }[] };
  const names = resources.map(({ name }) => name).filter((name) => !name.includes('/'));
  if (names.sort().join() !== [...plurals].sort().join()) {
    throw new Error(`${groupVersion} has ${names.join()}, wanted ${plurals.join()}`);
  }
  for (const plural of plurals) {
    await api.list(`/apis/${groupVersion}/${plural}?limit=1`);
  }
}
