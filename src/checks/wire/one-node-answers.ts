import { type Found } from '../../core/diagnosis/check.ts';
import { kubectl, shellWord } from '../../core/diagnosis/kubectl.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { claimsOn } from '../models/announcing/claims.ts';
import { disputesOver } from '../models/announcing/disputes.ts';
import { standingClaims } from '../models/announcing/standing.ts';
import { refOf } from '../models/references.ts';
import { seenOnWire } from '../models/seen.ts';
import { isOpenIn } from '../models/wire/elected.ts';
import type { NamedAnswer, NamedLook } from '../models/wire/looks.ts';
import { andAll, answerLine, doubtsIn } from '../models/wire/words.ts';
import { isUnstrict, leavesAddressesAlone, proxyModeIn } from '../models/wire/proxy-mode.ts';
import { answeringCheck } from '../models/wire/answering-check.ts';

/** In layer 2 one speaker answers for an address, with the Ethernet address of one of its cards. */
export const oneNodeAnswers = answeringCheck({
  id: 'MLB-W03',
  asks: 'Does one node alone answer for each address, with one Ethernet address?',
  causes: [
    'address-answered-by-two-nodes',
    'address-held-by-a-kernel',
    'address-answered-by-every-node',
    'address-answered-by-two-cards',
  ],
  alsoHelps: ['serviceL2Statuses', 'events', 'configMaps'],
  run: (service, answering, facts) => {
    const claims = claimsOn(service, facts).filter(({ protocol }) => protocol === 'layer2');
    const proxy = proxyModeIn(facts.configMaps);
    const announcers = [...standingClaims(claims, facts), ...disputesOver(service, facts)];
    const scene: Scene = {
      service,
      elected: answering.elected,
      namespace: facts.installation?.namespace ?? 'metallb-system',
      nodes: facts.nodes.length,
      claimants: new Set(claims.flatMap(({ announces, node }) => (announces ? node : []))),
      isUnstrict: isUnstrict(proxy),
      isOtherMode: leavesAddressesAlone(proxy),
      haveSeveralSaid: new Set(announcers.map(({ node }) => node)).size > 1,
    };
    return answering.looks.flatMap((look) => findingsOn(look, scene));
  },
});

interface Scene {
  readonly service: Service;
  readonly elected: string | undefined;
  readonly namespace: string;
  /** How many there are. */
  readonly nodes: number;
  /** Nodes that somebody says announce it. */
  readonly claimants: ReadonlySet<string>;
  /** kube-proxy is known to work with IPVS and without strictARP. */
  readonly isUnstrict: boolean;
  /** kube-proxy is known to work in a mode that leaves addresses alone. */
  readonly isOtherMode: boolean;
  /** Several speakers say that they announce it. */
  readonly haveSeveralSaid: boolean;
}

function findingsOn(look: NamedLook, scene: Scene): readonly Found[] {
  const byNode = Map.groupBy(
    look.answers.filter(({ node }) => node !== undefined),
    ({ node }) => node ?? '',
  );
  const names = [...byNode.keys()].sort();
  if (names.length > 1) {
    return hasMoved(look.answers) ? [] : [byKind(look, names, scene)];
  }
  const [cards] = [...byNode.values()].filter((answers) => answers.length > 1);
  return cards === undefined ? [] : [twoCards(look, cards, scene)];
}

/** One fell silent before the other was first heard: the address changed hands while we looked. */
function hasMoved(answers: readonly NamedAnswer[]): boolean {
  const inOrder = answers.toSorted((a, b) => a.firstMs - b.firstMs);
  return inOrder.every((answer, index) => {
    const next = inOrder[index + 1];
    return next === undefined || (answer.lastMs < next.firstMs && next.count > 1);
  });
}

const most = 0.7;

function byKind(look: NamedLook, names: readonly string[], scene: Scene): Found {
  const seen = Math.max(look.known.size, names.length);
  const isNearlyAll = names.length > 2 && names.length >= seen * most;
  if (scene.isUnstrict && names.length >= seen * most) {
    return everyNode(look, names, scene);
  }
  if (scene.haveSeveralSaid) {
    return twoNodes(look, names, scene);
  }
  if (isNearlyAll) {
    return scene.isOtherMode ? twoNodes(look, names, scene) : everyNode(look, names, scene);
  }
  const { elected, claimants } = scene;
  const silent = names.filter((name) => name !== elected && !claimants.has(name));
  const isTold = elected !== undefined && claimants.has(elected) && names.includes(elected);
  return isTold && silent.length > 0
    ? heldByKernel(look, { names, silent }, scene)
    : twoNodes(look, names, scene);
}

function base(look: NamedLook, { service }: Scene) {
  const lines = look.answers.map((answer) => answerLine(answer, look.look));
  return {
    about: refOf(service),
    affects: [refOf(service)],
    addresses: [look.address],
    because: lines.map((line) => seenOnWire(look.look, line)),
    doubts: doubtsIn(look),
    lines,
  };
}

function everyNode(look: NamedLook, names: readonly string[], scene: Scene): Found {
  const { lines, ...rest } = base(look, scene);
  const how = scene.isUnstrict
    ? ['kube-proxy runs in mode ipvs without strictARP: each node has the address on kube-ipvs0']
    : [
        'how kube-proxy works is not known: in mode ipvs without strictARP each node has the address on kube-ipvs0 and answers for it',
        'speakers that do not see one another all answer too: the log of each then says whom it lost (port 7946, TCP and UDP)',
      ];
  return {
    ...rest,
    cause: 'address-answered-by-every-node',
    severity: isOpenIn(look) ? 'warning' : 'error',
    says: `${names.length} of ${scene.nodes} nodes answer for ${look.address} at once`,
    details: [...how, ...lines],
    suggests: [
      {
        says: 'look at mode and strictARP',
        command: kubectl`-n ${'kube-system'} get configmap kube-proxy -o yaml`,
        mutates: false,
      },
      {
        says: `${scene.isUnstrict ? '' : 'if it says ipvs: '}set ipvs.strictARP to true there and restart kube-proxy`,
        command: kubectl`-n ${'kube-system'} rollout restart daemonset kube-proxy`,
        mutates: true,
      },
    ],
  };
}

function twoNodes(look: NamedLook, names: readonly string[], scene: Scene): Found {
  const { lines, ...rest } = base(look, scene);
  return {
    ...rest,
    cause: 'address-answered-by-two-nodes',
    severity: 'error',
    says: `${andAll(names)} answer for ${look.address} at the same time`,
    details: [
      ...lines,
      ...electedLine(scene),
      'speakers that do not hear each other both believe that the address is theirs: TCP and UDP 7946 between the nodes, and one Secret memberlist for all',
    ],
    suggests: [
      {
        says: 'see whom each speaker counts among the members',
        command: kubectl`-n ${scene.namespace} logs -l component=speaker --prefix --tail=-1 | grep -Ei "memberlist|node (join|leave|event)"`,
        mutates: false,
      },
      {
        says: `from one of them to the other: is port 7946 open?`,
        command: `nc -vz -w 3 ${shellWord(names[1] ?? '')} 7946`,
        mutates: false,
      },
    ],
  };
}

function electedLine({ elected }: Scene): readonly string[] {
  return elected === undefined
    ? ["by MetalLB's rules no node announces it"]
    : [`${elected} is the one that MetalLB elects`];
}

function heldByKernel(
  look: NamedLook,
  { names, silent }: { readonly names: readonly string[]; readonly silent: readonly string[] },
  scene: Scene,
): Found {
  const { lines, ...rest } = base(look, scene);
  const who = silent.join(' and ');
  return {
    ...rest,
    cause: 'address-held-by-a-kernel',
    severity: 'error',
    says: `${names.join(' and ')} answer for ${look.address}, and nothing says that the speaker of ${who} announces it`,
    details: [
      ...lines,
      ...electedLine(scene),
      `the kernel of ${who} answers by itself when the address stands on one of its interfaces: keepalived, kube-vip, an alias left behind`,
    ],
    suggests: [
      {
        says: `on ${who}: the interface that holds it`,
        command: `ip -br address | grep -F ${shellWord(look.address)}`,
        mutates: false,
      },
      { says: 'take it off there, and stop what puts it there', mutates: true },
    ],
  };
}

function twoCards(look: NamedLook, cards: readonly NamedAnswer[], scene: Scene): Found {
  const { lines, ...rest } = base(look, scene);
  const node = cards[0]?.node ?? '';
  return {
    ...rest,
    cause: 'address-answered-by-two-cards',
    severity: 'warning',
    says: `${node} answers for ${look.address} with ${cards.length} Ethernet addresses`,
    details: [
      ...lines,
      `${node} has several interfaces in this segment, and its speaker answers on each`,
    ],
    suggests: [
      {
        says: 'name the one interface that shall answer, in the L2Advertisement under spec.interfaces',
        command: kubectl`-n ${scene.namespace} get l2advertisements.metallb.io -o yaml`,
        mutates: false,
      },
    ],
  };
}
