import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { annotationKey } from '../../../core/metallb/annotations.ts';
import type { AllocationAnswer, SharingObstacle } from '../../../core/metallb/answer.ts';
import { claimOf } from '../../../core/metallb/claim.ts';
import type { AllocationModel } from './allocation.ts';
import type { RefusalFacts } from './refusals.ts';
import { annotateCommand, annotated, dropAnnotationsCommand, prefixOf } from './remedies.ts';
import { servicesByKey } from '../service-index.ts';
import { keyOfService } from '../services.ts';
import type { InVain } from './sharing-in-vain.ts';
import { requestKeys, trialOf, withoutAddressRequest } from './trial.ts';

/** Who asks for the address, and where that can be tried out. */
export interface SharingScene {
  readonly service: Service;
  readonly model: AllocationModel;
  readonly facts: RefusalFacts;
}

/** What can be done about a held address, and what was tried in vain. */
export interface WaysOut {
  readonly suggests: readonly Remedy[];
  readonly details: readonly string[];
}

/** Sharing where it would work, a look at the holder, and any other address where there is one. */
export function waysOut(obstacle: SharingObstacle, scene: SharingScene): WaysOut {
  const shared = sharing(obstacle, scene);
  return {
    suggests: [...shared.suggests, look(obstacle), ...droppingTheRequest(scene)],
    details: shared.details,
  };
}

/** What lets a Service onto an address whose holders have its sharing key: tried before it is offered. */
export function joining(obstacle: InVain, scene: SharingScene): readonly Remedy[] {
  return [...clusterPolicy(obstacle, scene), look(obstacle)];
}

function clusterPolicy({ why, holders }: InVain, scene: SharingScene): readonly Remedy[] {
  if (why.kind !== 'sharing-backend-differs') {
    return [];
  }
  const { service, model, facts } = scene;
  const others = holders.flatMap((key) => servicesByKey(facts).get(key) ?? []);
  const local = [service, ...others].filter(({ spec }) => spec.externalTrafficPolicy === 'Local');
  const answer = model.answerIf(
    withCluster(service),
    others.map((each) => (local.includes(each) ? withCluster(each) : each)),
  );
  return answer.outcome === 'would-get'
    ? [
        {
          says: `share it: externalTrafficPolicy: Cluster on ${local.map(keyOfService).join(', ')}; the pods no longer see the clients' addresses then`,
          command: local.map(policyCommand).join(' && '),
          mutates: true,
        },
      ]
    : [];
}

function withCluster(service: Service): Service {
  return { ...service, spec: { ...service.spec, externalTrafficPolicy: 'Cluster' } };
}

function policyCommand({ metadata: { namespace = 'default', name } }: Service): string {
  return kubectl`-n ${namespace} patch service ${name} --type=merge -p '{"spec":{"externalTrafficPolicy":"Cluster"}}'`;
}

function look({ why, holders }: SharingObstacle): Remedy {
  const [namespace = 'default', name = ''] = (holders[0] ?? '').split('/');
  return {
    says:
      why.kind === 'sharing-port-taken'
        ? `change port ${why.port} of one of the two, or ask for another address`
        : 'see what the holder asks for',
    command: kubectl`-n ${namespace} get service ${name} -o yaml`,
    mutates: false,
  };
}

/** The sharing keys as they would have to be; tried before it is offered. */
function sharing(obstacle: SharingObstacle, scene: SharingScene): WaysOut {
  const proposal = proposalFor(obstacle, scene);
  if (proposal === undefined) {
    return { suggests: [], details: [] };
  }
  const { service, holder, says, commands } = proposal;
  const answer = scene.model.answerIf(service, [holder]);
  if (answer.outcome !== 'would-get') {
    return { suggests: [], details: inVain(answer, obstacle) };
  }
  return { suggests: [{ says, command: commands.join(' && '), mutates: true }], details: [] };
}

function inVain(answer: AllocationAnswer, { address }: SharingObstacle): readonly string[] {
  const reason = answer.outcome === 'refused' ? answer.reason : undefined;
  const why = reason?.kind === 'requested-address-held' ? reason.obstacle.why : undefined;
  switch (why?.kind) {
    case 'sharing-port-taken':
      return [
        `an equal key alone would not do: ${why.holder} uses port ${why.port} on ${address} too`,
      ];
    case 'sharing-backend-differs':
      return ['an equal key alone would not do: traffic policies or selectors differ as well'];
    case 'no-sharing-key':
    case 'sharing-key-differs':
    case undefined:
      return [];
  }
}

interface Proposal {
  readonly service: Service;
  readonly holder: Service;
  readonly says: string;
  readonly commands: readonly string[];
}

function proposalFor(
  { why, holders }: SharingObstacle,
  { service, model, facts }: SharingScene,
): Proposal | undefined {
  const holder = servicesByKey(facts).get(holders[0] ?? '');
  if (
    holder === undefined ||
    (why.kind !== 'no-sharing-key' && why.kind !== 'sharing-key-differs')
  ) {
    return undefined;
  }
  const own = claimOf(service, model.behaviour).sharingKey;
  const theirs = claimOf(holder, model.behaviour).sharingKey;
  const value = theirs || own || holder.metadata.name;
  const changed = [service, holder].filter(
    (each) => claimOf(each, model.behaviour).sharingKey !== value,
  );
  const sharer = (each: Service) =>
    changed.includes(each) ? annotated(each, keyOn(each, model), value) : each;
  return {
    service: sharer(service),
    holder: sharer(holder),
    says: proposalText(theirs, own, keyOfService(holder)),
    commands: changed.map((each) => annotateCommand(each, keyOn(each, model), value)),
  };
}

function proposalText(theirs: string, own: string, holder: string): string {
  if (theirs !== '') {
    return own === ''
      ? `share the address: give it the sharing key of ${holder}`
      : `give it the holder's sharing key`;
  }
  return own === ''
    ? `share the address with ${holder}, if both owners agree: give both one sharing key`
    : `share the address, if its owner agrees: give ${holder} the same sharing key`;
}

function keyOn(service: Service, model: AllocationModel): string {
  const read = annotationKey(service, 'allow-shared-ip', model.behaviour);
  return Object.hasOwn(service.metadata.annotations, read)
    ? read
    : `${prefixOf(model)}allow-shared-ip`;
}

/** Letting MetalLB choose, where it has an address then. */
export function droppingTheRequest({ service, model, facts }: SharingScene): readonly Remedy[] {
  const trial = trialOf(model.answerFor(withoutAddressRequest(service)), facts);
  return trial.works
    ? [
        {
          says: `let this Service have ${trial.gets} by dropping the request`,
          command: dropCommand(service),
          mutates: true,
        },
      ]
    : [];
}

function dropCommand(service: Service): string {
  const { name, namespace = 'default' } = service.metadata;
  return service.spec.loadBalancerIP === undefined
    ? dropAnnotationsCommand(service, requestKeys(service, ['loadBalancerIPs']))
    : kubectl`-n ${namespace} patch service ${name} --type=json -p '[{"op":"remove","path":"/spec/loadBalancerIP"}]'`;
}
