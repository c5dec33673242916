import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Service, Workload } from '../../core/facts/kube-objects.ts';
import { announcingHelps, announcingNeeds } from '../models/announcing/speakers-at-work.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import { addressesIn } from '../models/services.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { layer2Scene, notInLayer2 } from '../models/layer2/scene.ts';

/** Others can answer for addresses that MetalLB gave: kube-vip with Services switched on, keepalived, the node agents of other balancers. */
export const nobodyElseAnnounces = defineCheck({
  id: 'MLB-L20',
  asks: 'Does nothing else in the cluster answer for addresses of Services?',
  symptoms: ['no-traffic'],
  causes: ['rival-announcer'],
  link: 'elsewhere',
  needs: announcingNeeds,
  helps: announcingHelps,
  enoughInNamespace: ['endpointSlices'],
  everywhere: ['daemonSets'],
  basis: 'inferred',
  skipWhen: notInLayer2,
  run: (facts, subject) => {
    const scene = layer2Scene(subject, facts);
    return scene === undefined
      ? []
      : facts.daemonSets.flatMap((workload) => {
          const rival = rivals.find(({ is }) => is(workload));
          return rival === undefined || rival.announces?.(scene.service) === false
            ? []
            : [finding(scene.service, workload, rival)];
        });
  },
});

interface Rival {
  readonly name: string;
  readonly is: (workload: Workload) => boolean;
  readonly says: string;
  readonly off: string;
  /** True when it holds only addresses of its own configuration: then it is a rival where that names this one. */
  readonly isApart?: true;
  /** False where it leaves this Service alone; absent where that cannot be told. */
  readonly announces?: (service: Service) => boolean;
}

const rivals: readonly Rival[] = [
  {
    name: 'kube-vip',
    is: (workload) => workload.metadata.name.startsWith('kube-vip') && servesServices(workload),
    says: 'binds the addresses of Services to an interface of its leader, whoever gave them',
    off: 'set svc_enable=false for kube-vip, which leaves the address of the control plane to it',
  },
  {
    name: 'keepalived',
    is: ({ metadata }) => metadata.name.includes('keepalived'),
    isApart: true,
    says: 'binds the addresses of its own configuration to a node; where those overlap with a pool, two machines answer',
    off: 'take the addresses of the pools out of its configuration',
  },
  {
    name: 'PureLB',
    is: ({ metadata }) => metadata.name.startsWith('lbnodeagent'),
    says: 'adds addresses of Services to an interface of a node',
    off: 'keep one of the two',
    // its node agent leaves alone what its allocator did not give
    announces: ({ metadata }) => metadata.annotations['purelb.io/allocated-by'] === 'PureLB',
  },
  {
    name: 'OpenELB',
    is: ({ metadata }) => metadata.name.startsWith('openelb-speaker'),
    says: 'answers for addresses of Services in layer 2 as well',
    off: 'keep one of the two',
  },
];

function servesServices({ spec }: Workload): boolean {
  return spec.template.containers.some(
    ({ env, args }) =>
      new Map(Object.entries(env)).get('svc_enable') === 'true' ||
      args.some((word) => /^--services(?:=true)?$/.test(word)),
  );
}

/** What its containers are told that contains an address of the Service. */
function wordNaming(
  service: Service,
  { spec }: Workload,
): { readonly path: string; readonly word: string } | undefined {
  const addresses = new Set(addressesIn(service).flatMap((text) => parseAddress(text) ?? []));
  const words = spec.template.containers.flatMap(({ command, args, env }) => [
    ...[...command, ...args].map((word) => ({ path: 'args', word })),
    ...Object.entries(env).map(([key, word]) => ({ path: `env ${key}`, word })),
  ]);
  return words.find(({ word }) =>
    word.split(/[^0-9a-fA-F.:]/).some((text) => {
      const address = parseAddress(text);
      return address !== undefined && addresses.has(address);
    }),
  );
}

function finding(service: Service, workload: Workload, rival: Rival): Found {
  const about = refOf(workload);
  const { name, namespace = 'default' } = workload.metadata;
  const named = wordNaming(service, workload);
  return {
    cause: 'rival-announcer',
    severity: rival.isApart === true && named === undefined ? 'info' : 'warning',
    about,
    affects: [refOf(service)],
    says: `${rival.name} runs too (${namespace}/${name}), and may answer for the address`,
    details: [
      `it ${rival.says}`,
      'who answers is seen on the wire: the MAC of a node that is not elected',
    ],
    because: [
      seenField(about, 'metadata.name', name),
      ...(named === undefined ? [] : [seenField(about, named.path, named.word)]),
    ],
    ...(named === undefined ? { doubts: ['it is only there for other addresses'] } : {}),
    suggests: [
      {
        says: rival.off,
        command: kubectl`-n ${namespace} get daemonset ${name} -o yaml`,
        mutates: false,
      },
    ],
  };
}
