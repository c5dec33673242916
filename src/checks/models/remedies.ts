import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { deprecatedPrefix, newPrefix } from '../../core/metallb/annotations.ts';
import type { AllocationModel } from './allocation.ts';
import type { HolderStory } from './holders.ts';
import { ageMs, durationText } from './ages.ts';

const idleShown = 3;
/** A roll-out leaves a Service without endpoints for minutes. */
const hourMs = 3_600_000;

/** The prefix this release reads and does not warn about. */
export function prefixOf(model: AllocationModel): string {
  return model.behaviour.knowsNewPrefix ? newPrefix : deprecatedPrefix;
}

/** Sets an annotation. */
export function annotateCommand(service: Service, key: string, value: string): string {
  const { name, namespace = 'default', annotations } = service.metadata;
  const command = kubectl`-n ${namespace} annotate service ${name} ${`${key}=${value}`}`;
  return Object.hasOwn(annotations, key) ? `${command} --overwrite` : command;
}

/** Takes an annotation away. */
export function dropAnnotationCommand(service: Service, key: string): string {
  const { name, namespace = 'default' } = service.metadata;
  return kubectl`-n ${namespace} annotate service ${name} ${`${key}-`}`;
}

/** The Service as it would be with one more annotation. */
export function annotated(service: Service, key: string, value: string): Service {
  const annotations = Object.fromEntries([
    ...Object.entries(service.metadata.annotations),
    [key, value],
  ]);
  return { ...service, metadata: { ...service.metadata, annotations } };
}

/** Naming one of `pools` on the Service, for those where MetalLB would really give an address then. */
export function namePoolRemedies(
  service: Service,
  pools: readonly string[],
  model: AllocationModel,
): readonly Remedy[] {
  const key = `${prefixOf(model)}address-pool`;
  return pools.flatMap((pool) => {
    const answer = model.answerFor(annotated(service, key, pool));
    return answer.outcome === 'would-get'
      ? [
          {
            says: `take ${answer.options[0]?.addresses.join(' and ') ?? 'an address'} from pool ${pool} by naming it`,
            command: annotateCommand(service, key, pool),
            mutates: true,
          },
        ]
      : [];
  });
}

/** Holders without endpoints are the first to ask for their address back. */
export function freeIdleRemedies(holders: readonly HolderStory[], now: string): readonly Remedy[] {
  return holders
    .filter((holder) => holder.isIdle && (ageMs(holder.idleSince, now) ?? hourMs) >= hourMs)
    .toSorted((a, b) => idleAge(b, now) - idleAge(a, now))
    .slice(0, idleShown)
    .map((holder) => {
      const [namespace = 'default', name = holder.key] = holder.key.split('/');
      return {
        says: `free one: ${holder.key} holds ${holder.address} and has ${idleText(holder, now)}`,
        command: kubectl`-n ${namespace} delete service ${name}`,
        mutates: true,
      };
    });
}

function idleAge(holder: HolderStory, now: string): number {
  return ageMs(holder.idleSince, now) ?? -1;
}

function idleText(holder: HolderStory, now: string): string {
  const age = ageMs(holder.idleSince, now);
  return age === undefined ? 'no endpoints' : `had no endpoints for ${durationText(age)}`;
}

/** Opening a pool for editing. */
export function editPool(pool: string, says: string, model: AllocationModel): Remedy {
  return {
    says,
    command: kubectl`-n ${model.namespace} edit ipaddresspool ${pool}`,
    mutates: true,
  };
}
