import { kubectl, shellWord } from '../../core/diagnosis/kubectl.ts';
import type { IPAddressPool, Service } from '../../core/facts/kube-objects.ts';
import type { Behaviour } from '../../core/metallb/versions.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import { type Wish, wishedAnnotations } from '../../core/metallb/wish.ts';
import { annotateCommand } from '../models/allocation/remedies.ts';

/** A change, and the Service it is made to. */
export interface ChangeScene {
  readonly service: Service;
  readonly wish: Wish;
  readonly behaviour: Behaviour;
  readonly told: Pick<WhatIf, 'added'>;
}

/** The change in words, a line each; empty when nothing but the present state is asked about. */
export function changeLines({ service, wish, behaviour, told }: ChangeScene): readonly string[] {
  const pool = told.added;
  return [
    ...(wish.addedPool === undefined || pool === undefined
      ? []
      : [
          `${pool.isCreate ? 'a new pool' : 'the pool'} ${wish.addedPool.name} ${pool.isCreate ? 'with' : 'has also'} ${wish.addedPool.addresses.join(', ')}`,
        ]),
    ...wishedAnnotations(service, wish, behaviour).map(
      ([key, value]) => `annotation ${key}: ${value}`,
    ),
    ...(wish.policy === undefined ? [] : [`externalTrafficPolicy: ${wish.policy}`]),
  ];
}

/** What to run to make the change. */
export function commandsFor({ service, wish, behaviour, told }: ChangeScene): readonly string[] {
  const { name, namespace = 'default' } = service.metadata;
  const policy = JSON.stringify({ spec: { externalTrafficPolicy: wish.policy } });
  return [
    ...(told.added === undefined ? [] : [poolCommand(told.added)]),
    ...wishedAnnotations(service, wish, behaviour).map(([key, value]) =>
      annotateCommand(service, key, value),
    ),
    ...(wish.policy === undefined
      ? []
      : [kubectl`-n ${namespace} patch service ${name} --type merge -p ${policy}`]),
  ];
}

function poolCommand({ pool, isCreate }: NonNullable<WhatIf['added']>): string {
  const { name, namespace = '' } = pool.metadata;
  const { addresses } = pool.spec;
  if (!isCreate) {
    const patch = JSON.stringify({ spec: { addresses } });
    return kubectl`-n ${namespace} patch ipaddresspool ${name} --type merge -p ${patch}`;
  }
  return `echo ${shellWord(JSON.stringify(manifestOf(pool)))} | kubectl apply -f -`;
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
