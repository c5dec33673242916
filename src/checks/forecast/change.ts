import { kubectl, shellWord } from '../../core/diagnosis/kubectl.ts';
import type { IPAddressPool, Service } from '../../core/facts/kube-objects.ts';
import type { PoolStep } from '../../core/metallb/pool-wish.ts';
import type { Behaviour } from '../../core/metallb/versions.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import {
  touchesService,
  type Wish,
  wishedAnnotations,
  wishedSpec,
} from '../../core/metallb/wish.ts';
import type { Write } from '../../core/metallb/write-orders.ts';
import { annotateCommand } from '../models/allocation/remedies.ts';
import type { Announcing } from '../models/configuration/announcing-a-pool.ts';

/** A change, and the Service it is made to. */
export interface ChangeScene {
  readonly service: Service;
  readonly wish: Wish;
  readonly behaviour: Behaviour;
  readonly told: Pick<WhatIf, 'writes'>;
  /** By pool: what makes it announced, for pools that nobody announces. */
  readonly announcing: ReadonlyMap<string, Announcing>;
}

type Scene = Omit<ChangeScene, 'told'>;

/** The change in words, in the order to make it; empty when nothing but the present state is asked about. */
export function changeLines(scene: Omit<ChangeScene, 'announcing'>): readonly string[] {
  return scene.told.writes.flatMap(({ write }) =>
    write.kind === 'pool' ? [poolText(write.step)] : serviceLines(scene),
  );
}

function poolText({ name, before, after }: PoolStep): string {
  if (after === undefined) {
    return `the pool ${name} is deleted`;
  }
  if (before === undefined) {
    return `a new pool ${name} with ${after.spec.addresses.join(', ')}`;
  }
  const added = after.spec.addresses.filter((range) => !before.spec.addresses.includes(range));
  const gone = before.spec.addresses.filter((range) => !after.spec.addresses.includes(range));
  if (gone.length === before.spec.addresses.length && added.length > 0) {
    return `the pool ${name} has ${added.join(', ')} instead of ${gone.join(', ')}`;
  }
  const parts = [
    ...(added.length === 0 ? [] : [`has also ${added.join(', ')}`]),
    ...(gone.length === 0 ? [] : [`loses ${gone.join(', ')}`]),
  ];
  return `the pool ${name} ${parts.length === 0 ? 'stays as it is' : parts.join(' and ')}`;
}

function serviceLines({ service, wish, behaviour }: Pick<Scene, 'service' | 'wish' | 'behaviour'>) {
  return [
    ...wishedAnnotations(service, wish, behaviour).map(
      ([key, value]) => `annotation ${key}: ${value}`,
    ),
    ...Object.entries(wishedSpec(service, wish, behaviour)).map(
      ([key, value]) => `${key}: ${value}`,
    ),
  ];
}

/** What to run to make the change, in this order. A pool is announced before anything is put on it. */
export function commandsFor(scene: ChangeScene): readonly string[] {
  const { told, announcing } = scene;
  const own = told.writes.flatMap(({ write }) => (write.kind === 'pool' ? [write.step.name] : []));
  const isOther = ([name]: readonly [string, Announcing]): boolean => !own.includes(name);
  const before = [...announcing].filter(isOther).map(([, { command }]) => command);
  return [...before, ...told.writes.flatMap(({ write }) => commandsOf(write, scene))];
}

function commandsOf(write: Write, scene: Scene): readonly string[] {
  if (write.kind === 'service') {
    return touchesService(scene.wish) ? [serviceCommand(scene)] : [];
  }
  const announced = scene.announcing.get(write.step.name)?.command;
  return [poolCommand(write.step), ...(announced === undefined ? [] : [announced])];
}

/** One write: MetalLB acts on every one of several, and what is half done can cost the address. */
function serviceCommand({ service, wish, behaviour }: Scene): string {
  const { name, namespace = 'default', annotations: present } = service.metadata;
  const annotations = wishedAnnotations(service, wish, behaviour);
  const spec = wishedSpec(service, wish, behaviour);
  const [first, ...more] = annotations;
  if (Object.keys(spec).length === 0 && first !== undefined) {
    const [key, value] = first;
    if (more.length === 0) {
      return annotateCommand(service, key, value);
    }
    const words = annotations.map((pair) => shellWord(pair.join('='))).join(' ');
    const isThere = annotations.some(([each]) => Object.hasOwn(present, each));
    const command = `${kubectl`-n ${namespace} annotate service ${name}`} ${words}`;
    return isThere ? `${command} --overwrite` : command;
  }
  const patch = JSON.stringify({
    ...(first === undefined ? {} : { metadata: { annotations: Object.fromEntries(annotations) } }),
    spec,
  });
  return kubectl`-n ${namespace} patch service ${name} --type merge -p ${patch}`;
}

function poolCommand({ name, before, after }: PoolStep): string {
  const namespace = (after ?? before)?.metadata.namespace ?? '';
  // of v0.13, until #2252
  const kind = before?.spec.protocol === undefined ? 'ipaddresspool' : 'addresspool';
  if (after === undefined) {
    return kubectl`-n ${namespace} delete ${kind} ${name}`;
  }
  if (before !== undefined) {
    const patch = JSON.stringify({ spec: { addresses: after.spec.addresses } });
    return kubectl`-n ${namespace} patch ${kind} ${name} --type merge -p ${patch}`;
  }
  return `echo ${shellWord(JSON.stringify(manifestOf(after)))} | kubectl apply -f -`;
}

function manifestOf({ metadata, spec }: IPAddressPool): object {
  const { name, namespace } = metadata;
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name, namespace },
    spec: { addresses: spec.addresses },
  };
}
