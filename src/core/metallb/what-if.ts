import type { Service } from '../facts/kube-objects.ts';
import type { AllocationAnswer, PoolUsage } from './answer.ts';
import { decidedAnswer } from './explain.ts';
import { passedByClass } from './handled.ts';
import type { Holding, LoadedCluster } from './loaded-cluster.ts';
import { poolStepOf } from './pool-wish.ts';
import type { PoolStep } from './pool-wish.ts';
import { prospectsFor } from './prospects.ts';
import type { PoolProspect } from './prospects.ts';
import { sceneAfter } from './what-if-scene.ts';
import type { Scene } from './what-if-scene.ts';
import { orderedCourse, whenServed } from './what-if-course.ts';
import type { OrderedCourse, Trial } from './what-if-course.ts';
import { bestFirst } from './order-ranks.ts';
import { touchesService, wishedService } from './wish.ts';
import type { Wish } from './wish.ts';
import { admittedIn, ordersOf } from './write-orders.ts';
import type { AdmittedWrite, Write } from './write-orders.ts';

/** What a change would come to, its writes made in the best order. Nothing is changed by asking. */
export interface WhatIf extends OrderedCourse {
  /** The Service as it would be written. */
  readonly service: Service;
  /** False when only pools are written. */
  readonly isServiceWritten: boolean;
  /** What the controller works with once everything is written. */
  readonly holds: Holding;
  /** MetalLB's answer to the changed Service alone, as if nobody else were waiting. */
  readonly answer: AllocationAnswer;
  readonly pools: readonly PoolProspect[];
  /** By pool; what MetalLB publishes of an added pool is left as it was before. */
  readonly usages: ReadonlyMap<string, PoolUsage>;
  /** Orders that come to something else, best first; empty when the order does not matter. */
  readonly otherOrders: readonly OrderedCourse[];
  /** How many orders were tried; 1 when there is one thing to write. */
  readonly ordersTried: number;
}

/** Tries a change to one Service and to pools on a loaded cluster. */
export function whatIf(cluster: LoadedCluster, service: Service, wish: Wish): WhatIf {
  const { input, model } = cluster;
  const changed = wishedService(service, wish, model.state.behaviour);
  const steps = (wish.pools ?? []).flatMap(
    (each) => poolStepOf(each, input.pools, input.namespace) ?? [],
  );
  const orders = ordersFor(steps, wish).map((order) => admittedIn(order, input));
  const scenes = new Map<string, Scene>();
  const sceneOf = (writes: readonly AdmittedWrite[]): Scene => {
    const made = stepsMade(writes);
    const key = made
      .map(({ name }) => name)
      .toSorted()
      .join();
    const scene = scenes.get(key) ?? sceneAfter(cluster, made);
    scenes.set(key, scene);
    return scene;
  };
  const trial = { before: service, changed, orders: orders.length };
  const courses = orders.map((writes) =>
    orderedCourse(cluster, { ...trial, restless: sceneOf(writes).restless }, writes),
  );
  const { best, others } = bestFirst(courses, service);
  const scene = sceneOf(best.writes);
  return {
    ...best,
    ...seenIn(scene, { cluster, trial: { ...trial, restless: scene.restless }, best }),
    service: changed,
    isServiceWritten: touchesService(wish),
    holds: scene.holds,
    otherOrders: others,
    ordersTried: orders.length,
  };
}

/** Where the Service stays as it is there is nothing to put in order but the pools. */
function ordersFor(steps: readonly PoolStep[], wish: Wish): readonly (readonly Write[])[] {
  const pools = steps.map((step): Write => ({ kind: 'pool', step }));
  const last: Write = { kind: 'service' };
  return touchesService(wish)
    ? ordersOf([...pools, last])
    : ordersOf(pools).map((order) => [...order, last]);
}

function stepsMade(writes: readonly AdmittedWrite[]): readonly PoolStep[] {
  return writes.flatMap(({ write, admission }) =>
    write.kind === 'pool' && admission.allowed ? [write.step] : [],
  );
}

interface Seeing {
  readonly cluster: LoadedCluster;
  readonly trial: Trial;
  readonly best: OrderedCourse;
}

type Seen = Pick<WhatIf, 'answer' | 'pools' | 'usages'>;

/** As the pools stand when the Service is served: before that others may have to leave, or are served first. */
function seenIn(scene: Scene, { cluster, trial, best }: Seeing): Seen {
  const { changed } = trial;
  const alone = { ...aloneIn(scene, cluster, changed), usages: scene.usages };
  const isServed = best.endings.every(({ addresses }) => addresses.length > 0);
  const othersLeave = best.others.some(({ now }) => now.length > 0);
  if (!isServed || (!othersLeave && agrees(alone, best))) {
    return alone;
  }
  const pending = { ...changed, status: { ...changed.status, ingress: [] } };
  const seen = whenServed(cluster, { ...trial, writes: best.writes }, (moment) => ({
    ...aloneIn(moment, cluster, pending),
    usages: moment.usages,
  }));
  if (seen === undefined) {
    return alone;
  }
  const { answer } = seen;
  const loses = 'loses' in alone.answer ? alone.answer.loses : undefined;
  return { ...seen, answer: answer.outcome === 'would-get' ? { ...answer, loses } : alone.answer };
}

/** Whether somebody who only looks at the pools in the end sees the address that the Service gets. */
function agrees({ pools }: Pick<Seen, 'pools'>, { endings }: OrderedCourse): boolean {
  const offered = new Set(pools.flatMap(({ offer }) => offer?.addresses.join() ?? []));
  return endings.some(({ addresses }) => offered.has(addresses.join()));
}

function aloneIn(
  { state, usages }: Pick<Scene, 'state' | 'usages'>,
  { model }: LoadedCluster,
  changed: Service,
): Pick<WhatIf, 'answer' | 'pools'> {
  const notHandled = passedByClass(changed, model.loadBalancerClass);
  if (notHandled !== undefined) {
    return { answer: { outcome: 'not-handled', why: notHandled }, pools: [] };
  }
  const answer = decidedAnswer({ state }, changed, usages);
  const options = answer.outcome === 'would-get' ? answer.options : [];
  const kept = answer.outcome === 'holds' ? [answer.allocation] : options;
  const reached = new Set(kept.map(({ pool }) => pool));
  return {
    answer,
    pools:
      answer.outcome === 'not-handled' ? [] : prospectsFor(changed, { state, usages, reached }),
  };
}
