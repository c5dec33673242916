import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import {
  type RivalMark,
  type RivalWorkloads,
  rivalWorkloads,
  writtenMarks,
} from '../models/rivals/rivals.ts';
import { endRivalry } from '../models/rivals/end-rivalry.ts';
import { addressesIn, keyOfService } from '../models/services.ts';

const shown = 4;

/** Whose hand is on a status can be seen without pools: by its last writer, and by what MetalLB never writes. */
export const nobodyElseWrites = defineCheck({
  id: 'MLB-I45',
  asks: `Is MetalLB the last to have written the Services' status?`,
  symptoms: ['pending', 'health'],
  causes: ['rival-controller'],
  needs: ['services'],
  helps: ['ipAddressPools', 'daemonSets', 'deployments'],
  enoughInNamespace: ['services'],
  basis: 'observed',
  skipWhen: ({ installation, ipAddressPools, daemonSets }) => {
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    return ipAddressPools.state === 'read' && daemonSets.state === 'read'
      ? 'MLB-A25 sees more'
      : undefined;
  },
  run: (facts, subject) => {
    const products = rivalWorkloads(itemsIfRead(facts.daemonSets), itemsIfRead(facts.deployments));
    const marked = (subject === undefined ? facts.services : [subject])
      .filter((each) => isServedBy(facts.installation, each) && addressesIn(each).length > 0)
      .map((service) => ({ service, marks: writtenMarks(service, products) }))
      .filter(({ marks }) => marks.length > 0);
    return [...Map.groupBy(marked, ({ marks }) => marks[0]?.product ?? '')].map(
      ([product, cases]) => findingOf(product, cases, products),
    );
  },
});

interface Case {
  readonly service: Service;
  readonly marks: readonly RivalMark[];
}

function findingOf(product: string, cases: readonly Case[], running: RivalWorkloads): Found {
  const services = cases.map(({ service }) => service);
  const [first] = services;
  const names = services.map(keyOfService).toSorted();
  const marks = cases.slice(0, shown).flatMap((each) => each.marks);
  return {
    cause: 'rival-controller',
    severity: 'error',
    about: first === undefined ? { kind: 'Cluster', name: 'cluster' } : refOf(first),
    affects: services.map(refOf),
    says: `${product} serves ${names.slice(0, shown).join(', ')} too, and overwrites what MetalLB writes`,
    details: marks.map(({ says }) => says),
    because: marks.map(({ evidence }) => evidence),
    doubts: [
      'the other product is meant to serve these; then give them a loadBalancerClass of its own',
    ],
    suggests: [endRivalry(product, running, services)],
  };
}
