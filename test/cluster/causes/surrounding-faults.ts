import { inMetalLB } from './fault.ts';
import type { Fault } from './fault.ts';
import { kubectl } from './situation.ts';

const restartController = inMetalLB('rollout restart deployment/controller');
const restartBoth = [restartController, inMetalLB('rollout restart daemonset/speaker')];

/** What MetalLB finds missing around it: rights, and kinds of its own. */
export const surroundingFaults: readonly Fault[] = [
  {
    name: "the binding of the controller's role is gone",
    cause: 'controller-without-permission',
    strikes: true,
    breaks: [
      kubectl('delete clusterrolebinding metallb-system:controller'),
      inMetalLB('delete pods --selector component=controller'),
    ],
    // v0.16 is Ready all the same; the older ones are killed by their probes after a while.
    until: {
      asked: inMetalLB('logs deployment/controller --tail=200'),
      shows: /services is forbidden/,
    },
    says: ['list services', 'system:serviceaccount:metallb-system:controller'],
    restores: true,
    mends: [restartController],
  },
  {
    name: 'a definition that came with this release is gone',
    cause: 'crd-skew',
    strikes: false,
    breaks: [kubectl('delete customresourcedefinition configurationstates.metallb.io')],
    until: {
      asked: kubectl('api-resources --api-group=metallb.io --output=name'),
      shows: /^(?![\s\S]*configurationstates)/,
    },
    says: ['configurationstates'],
    restores: true,
    mends: restartBoth,
    versions: ['v0.15.3', 'v0.16.1'],
  },
  {
    name: 'a definition that came with this release is gone',
    cause: 'crd-skew',
    strikes: false,
    breaks: [kubectl('delete customresourcedefinition servicel2statuses.metallb.io')],
    until: {
      asked: kubectl('api-resources --api-group=metallb.io --output=name'),
      shows: /^(?![\s\S]*servicel2statuses)/,
    },
    says: ['servicel2statuses'],
    restores: true,
    mends: restartBoth,
    versions: ['v0.14.9'],
  },
];
