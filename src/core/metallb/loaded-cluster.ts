import type { Service } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import type { PoolUsage } from './answer.ts';
import { ControllerMemory } from './controller-memory.ts';
import { decide } from './decide.ts';
import { fingerprintOf } from './fingerprint.ts';
import { passedByClass } from './handled.ts';
import { modelOf } from './model.ts';
import type { MetalLBModel } from './model.ts';
import type { ModelInput } from './model-input.ts';

/** A cluster read once, over which any number of changes can be tried without changing it. */
export interface LoadedCluster {
  readonly input: ModelInput;
  readonly model: MetalLBModel;
  readonly usages: ReadonlyMap<string, PoolUsage>;
  /** Services to which another look of the controller could do something: whoever waits, moves or wants more. */
  readonly restless: readonly Service[];
  /** The controller as it stands; only ever branched. */
  readonly memory: ControllerMemory;
}

/** Books what is held and finds out who is not at rest; what comes after costs no look at the others. */
export function loadCluster(input: ModelInput): LoadedCluster {
  const model = modelOf(input);
  const { state, configuration } = model;
  const memory = new ControllerMemory(state.behaviour, state.book, state.finder);
  memory.index = state.index;
  memory.fingerprint = fingerprintOf(configuration.pools);
  memory.hasLoaded = true;
  const restless = input.services.filter((service) => isRestless(model, service));
  return {
    input,
    model,
    usages: new Map(model.usages.map((usage) => [usage.pool, usage])),
    restless,
    memory,
  };
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
