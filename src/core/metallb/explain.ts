import type { Service } from '../facts/kube-objects.ts';
import type { AllocationAnswer, PoolUsage, PoolVerdict, Refused, Undecided } from './answer.ts';
import { decide } from './decide.ts';
import type { Decision, NotGranted } from './decision.ts';
import { familyOfService } from './families.ts';
import { passedByClass } from './handled.ts';
import { modelOf } from './model.ts';
import type { MetalLBModel } from './model.ts';
import type { ModelInput } from './model-input.ts';
import { needOf } from './offers.ts';
import type { Need } from './offers.ts';
import { addressRequestOf, poolRequestOf } from './requests.ts';
import { automaticReason, automaticVerdicts, namedVerdicts } from './verdicts.ts';
import type { Weighing } from './verdicts.ts';
import type { Behaviour } from './versions.ts';

/** MetalLB's answers over one cluster. */
export interface Explanations extends Pick<MetalLBModel, 'configuration' | 'usages'> {
  /** What the controller would make of this Service if it looked at it now. */
  readonly answerFor: (service: Service) => AllocationAnswer;
}

/** Loads the cluster once and answers Service by Service; nothing one answer says changes another. */
export function explainAllocations(input: ModelInput): Explanations {
  const model = modelOf(input);
  const { configuration, usages } = model;
  const byPool = new Map(usages.map((usage) => [usage.pool, usage]));
  return { configuration, usages, answerFor: (service) => answer(model, service, byPool) };
}

type UsageByPool = ReadonlyMap<string, PoolUsage>;

function answer(model: MetalLBModel, service: Service, usages: UsageByPool): AllocationAnswer {
  const { type } = service.spec;
  if (type !== 'LoadBalancer') {
    return { outcome: 'not-handled', why: { kind: 'type', type } };
  }
  const why = passedByClass(service, model.loadBalancerClass);
  if (why !== undefined) {
    return { outcome: 'not-handled', why };
  }
  return model.configuration.state === 'rejected'
    ? { outcome: 'undecided', why: 'configuration-rejected' }
    : decidedAnswer(model, service, usages);
}

/** The answer for a Service the controller handles, over the pools there are, accepted or not. */
export function decidedAnswer(
  model: Pick<MetalLBModel, 'state'>,
  service: Service,
  usages: UsageByPool,
): Exclude<AllocationAnswer, Undecided> {
  const { type } = service.spec;
  const decision = decide(model.state, service);
  const granted = decision.outcomes.filter((outcome) => outcome.kind === 'granted');
  const [kept] = granted.filter(({ isNew }) => !isNew);
  if (kept !== undefined) {
    return { outcome: 'holds', allocation: kept.allocation, events: kept.events };
  }
  const options = granted.map(({ allocation }) => allocation);
  const reached = new Set(options.map(({ pool }) => pool));
  const weighing = { state: model.state, usages, reached };
  const pools = verdictsFor(weighing, service, decision);
  const [first] = granted;
  if (first !== undefined) {
    const { loses } = decision;
    return { outcome: 'would-get', options, loses, pools, events: first.events };
  }
  const [refusal] = decision.outcomes.filter((outcome) => outcome.kind === 'refused');
  return refusal === undefined
    ? { outcome: 'not-handled', why: { kind: 'type', type } }
    : refused(decision, refusal, {
        pools,
        usages,
        need: needFor(service, decision, model.state.behaviour),
      });
}

interface Context {
  readonly pools: readonly PoolVerdict[];
  readonly usages: UsageByPool;
  readonly need: Need | undefined;
}

function refused(
  { loses }: Decision,
  { stage, reason, message, events, after }: NotGranted,
  { pools, usages, need }: Context,
): Refused {
  const summed =
    stage === 'automatic' && need !== undefined ? automaticReason(need, pools, usages) : reason;
  const keepsStatus = after !== 'cleared';
  return { outcome: 'refused', stage, reason: summed, message, events, loses, keepsStatus, pools };
}

/** Pools are weighed only where MetalLB weighs them: not for a request by address, nor before it comes so far. */
function verdictsFor(
  weighing: Omit<Weighing, 'need'>,
  service: Service,
  decision: Decision,
): readonly PoolVerdict[] {
  const { behaviour } = weighing.state;
  const need = needFor(service, decision, behaviour);
  const asksForAddress = addressRequestOf(service, behaviour).kind !== 'none';
  const early = decision.outcomes.some(
    (outcome) =>
      outcome.kind === 'refused' && (outcome.stage === 'pools' || outcome.stage === 'cluster-ips'),
  );
  if (need === undefined || asksForAddress || early) {
    return [];
  }
  const named = poolRequestOf(service, behaviour);
  return named === undefined
    ? automaticVerdicts({ ...weighing, need })
    : namedVerdicts({ ...weighing, need }, named);
}

function needFor(service: Service, { claim }: Decision, behaviour: Behaviour): Need | undefined {
  const finding = familyOfService(service);
  return finding.kind === 'family'
    ? needOf(service, claim, { family: finding.family, behaviour })
    : undefined;
}
