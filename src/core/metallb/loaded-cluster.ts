import type { IPAddressPool, Service } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import type { PoolUsage } from './answer.ts';
import { ControllerMemory } from './controller-memory.ts';
import { decide } from './decide.ts';
import { fingerprintOf } from './fingerprint.ts';
import { passedByClass } from './handled.ts';
import { loadConfiguration } from './load-configuration.ts';
import { modelOf } from './model.ts';
import type { MetalLBModel } from './model.ts';
import type { ModelInput } from './model-input.ts';

/**
 * Which configuration the controller works with: the one that stands in the cluster, an older one that is known, none at
 * all, or one that nobody can see.
 */
export type Holding = 'current' | 'older' | 'nothing' | 'unknown';

/** What the controller holds while it does not work with the pools as they stand. */
export type HeldInstead =
  | { readonly kind: 'older'; readonly pools: readonly IPAddressPool[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' };

/** A cluster read once, over which any number of changes can be tried without changing it. */
export interface LoadedCluster {
  readonly input: ModelInput;
  /** False when the pools as they stand break a rule of MetalLB. */
  readonly isAccepted: boolean;
  readonly holds: Holding;
  /** Over the pools the controller works with; where those are unknown, over the ones that are valid in themselves. */
  readonly model: MetalLBModel;
  readonly usages: ReadonlyMap<string, PoolUsage>;
  /** Services to which another look of the controller could do something: whoever waits, moves or wants more. */
  readonly restless: readonly Service[];
  /** The controller as it stands; only ever branched. */
  readonly memory: ControllerMemory;
}

/** Books what is held and finds out who is not at rest; what comes after costs no look at the others. */
export function loadCluster(input: ModelInput, instead?: HeldInstead): LoadedCluster {
  const isAccepted = loadConfiguration(input).state === 'accepted';
  const holds = instead?.kind ?? (isAccepted ? 'current' : 'unknown');
  const model = modelOf({ ...input, ...heldObjects(instead) });
  return {
    input,
    isAccepted,
    holds,
    model,
    usages: new Map(model.usages.map((usage) => [usage.pool, usage])),
    restless: input.services.filter((service) => isRestless(model, service)),
    memory: holds === 'nothing' ? new ControllerMemory(model.state.behaviour) : memoryOf(model),
  };
}

function heldObjects(instead: HeldInstead | undefined): Partial<ModelInput> {
  if (instead === undefined || instead.kind === 'unknown') {
    return {};
  }
  return { pools: instead.kind === 'older' ? instead.pools : [], communities: [] };
}

function memoryOf({ state, configuration }: MetalLBModel): ControllerMemory {
  state.finder.survey(state.index.pools);
  const memory = new ControllerMemory(state.behaviour, state.book, state.finder);
  memory.index = state.index;
  memory.fingerprint = fingerprintOf(configuration.pools);
  memory.hasLoaded = true;
  return memory;
}

function isRestless({ state, loadBalancerClass }: MetalLBModel, service: Service): boolean {
  if (
    service.spec.type !== 'LoadBalancer' ||
    passedByClass(service, loadBalancerClass) !== undefined
  ) {
    return false;
  }
  const held = state.book.bookingOf(keyOf(service.metadata))?.addresses ?? [];
  const shown = service.status.ingress.map(({ ip }) => ip ?? '');
  if (held.length === 0 || held.join() !== shown.join()) {
    return true;
  }
  const [outcome, ...others] = decide(state, service).outcomes;
  const keeps = outcome?.kind === 'granted' && !outcome.isNew && outcome.events.length === 0;
  return others.length > 0 || !keeps;
}
