import { kubectl, shellWord } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { annotationKey, deprecatedPrefix, newPrefix } from '../../../core/metallb/annotations.ts';
import type { Behaviour } from '../../../core/metallb/versions.ts';
import { wishedAnnotations, wishedSpec } from '../../../core/metallb/wish.ts';
import { isUnadvertised } from '../configuration/advertisements.ts';
import type { TrialFacts } from './trial.ts';
import type { AllocationModel } from './allocation.ts';
import type { HolderStory } from './holders.ts';
import { ageMs, durationText } from '../ages.ts';
import { takeFinalizer } from '../service-remedies.ts';

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

/** Asks for addresses: by annotation, or by the field that every release reads where one may not read the annotation. */
export function askCommand(
  service: Service,
  addresses: readonly string[],
  behaviour: Behaviour,
): string {
  const wish = { addresses: addresses.join(',') };
  const field = wishedSpec(service, wish, behaviour);
  const [first] = wishedAnnotations(service, wish, behaviour);
  const { name, namespace = 'default' } = service.metadata;
  return first === undefined
    ? kubectl`-n ${namespace} patch service ${name} --type merge -p ${JSON.stringify({ spec: field })}`
    : annotateCommand(service, ...first);
}

/** Takes annotations away. */
export function dropAnnotationsCommand(service: Service, keys: readonly string[]): string {
  const { name, namespace = 'default' } = service.metadata;
  const dropped = keys.map((key) => shellWord(`${key}-`)).join(' ');
  return `${kubectl`-n ${namespace} annotate service ${name}`} ${dropped}`;
}

/** The Service as it would be with one more annotation. */
export function annotated(service: Service, key: string, value: string): Service {
  const annotations = Object.fromEntries([
    ...Object.entries(service.metadata.annotations),
    [key, value],
  ]);
  return { ...service, metadata: { ...service.metadata, annotations } };
}

/** Naming a pool, apart by whether anybody announces its addresses. */
export interface PoolChoices {
  readonly announced: readonly Remedy[];
  readonly unannounced: readonly Remedy[];
}

/** Naming one of `pools` on the Service, for those where MetalLB would really give an address then. */
export function namePoolRemedies(
  service: Service,
  pools: readonly string[],
  { model, facts }: { readonly model: AllocationModel; readonly facts: TrialFacts },
): PoolChoices {
  const key = annotationKey(service, 'address-pool', model.behaviour);
  const written = Object.hasOwn(service.metadata.annotations, key)
    ? key
    : `${prefixOf(model)}address-pool`;
  const tried = pools.flatMap((pool) => {
    const answer = model.answerFor(annotated(service, written, pool));
    if (answer.outcome !== 'would-get') {
      return [];
    }
    const isAnnounced = !isUnadvertised(pool, facts);
    const address = answer.options[0]?.addresses.join(' and ') ?? 'an address';
    const warning = isAnnounced
      ? ''
      : `; but nobody announces it until an advertisement selects ${pool}`;
    const remedy: Remedy = {
      says: `take ${address} from pool ${pool} by naming it${warning}`,
      command: annotateCommand(service, written, pool),
      mutates: true,
    };
    return [{ isAnnounced, remedy }];
  });
  return {
    announced: tried.filter((each) => each.isAnnounced).map(({ remedy }) => remedy),
    unannounced: tried.filter((each) => !each.isAnnounced).map(({ remedy }) => remedy),
  };
}

/** Holders that are deleted and do not go, then those without endpoints: the first to ask for their address back. */
export function freeIdleRemedies(holders: readonly HolderStory[], now: string): readonly Remedy[] {
  return [...freeHeldUp(holders, now), ...freeIdle(holders, now)].slice(0, idleShown);
}

function freeHeldUp(holders: readonly HolderStory[], now: string): readonly Remedy[] {
  return holders.flatMap(({ key, address, heldUp }) => {
    const [finalizer] = heldUp?.metadata.finalizers ?? [];
    if (heldUp === undefined || finalizer === undefined) {
      return [];
    }
    const since = durationText(ageMs(heldUp.metadata.deletionTimestamp, now) ?? 0);
    const says = `free one: ${key} was deleted ${since} ago and holds ${address} still, because of its finalizer ${finalizer}; if what set that is gone for good, take it away`;
    return [takeFinalizer(heldUp, finalizer, says)];
  });
}

function freeIdle(holders: readonly HolderStory[], now: string): readonly Remedy[] {
  return holders
    .filter(
      ({ isIdle, idleSince, heldUp }) =>
        isIdle && heldUp === undefined && (ageMs(idleSince, now) ?? hourMs) >= hourMs,
    )
    .toSorted((a, b) => idleAge(b, now) - idleAge(a, now))
    .map((holder) => {
      const [namespace = 'default', name = holder.key] = holder.key.split('/');
      return {
        says: `free one: ${holder.key} holds ${holder.address} and has ${idleText(holder, now)}; as ClusterIP it stays, without the address`,
        command: kubectl`-n ${namespace} patch service ${name} --type=merge -p '{"spec":{"type":"ClusterIP"}}'`,
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

/** Announcing a pool in the local network. */
export function advertiseCommand(pool: string, namespace: string): string {
  const manifest = {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'L2Advertisement',
    metadata: { name: pool, namespace },
    spec: { ipAddressPools: [pool] },
  };
  return `echo ${shellWord(JSON.stringify(manifest))} | kubectl apply -f -`;
}
