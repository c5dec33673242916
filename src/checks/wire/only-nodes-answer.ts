import { type Found } from '../../core/diagnosis/check.ts';
import { ethernetMark } from '../../core/facts/ethernet-marks.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { refOf } from '../models/references.ts';
import { seenOnWire } from '../models/seen.ts';
import type { NamedAnswer, NamedLook } from '../models/wire/looks.ts';
import { answerLine, doubtsIn, placeText } from '../models/wire/words.ts';
import { answeringCheck } from '../models/wire/answering-check.ts';

/** An address of a pool is nobody's but MetalLB's: a machine that is no node has no business answering for it. */
export const onlyNodesAnswer = answeringCheck({
  id: 'MLB-W02',
  asks: 'Do only nodes of this cluster answer for the addresses?',
  causes: ['address-answered-by-stranger'],
  run: (service, { looks, elected }) =>
    looks.flatMap((look) => {
      const strangers = strangersIn(look, elected);
      return strangers.length === 0 ? [] : [finding(service, { look, strangers, elected })];
    }),
});

/** Only where the elected node is known by its own Ethernet address, or all nodes are, is another one strange. */
function strangersIn(
  { sight, answers, known, unknown }: NamedLook,
  elected: string | undefined,
): readonly NamedAnswer[] {
  const canTell = elected === undefined ? unknown.length === 0 : known.has(elected);
  const isSeen = sight === 'segment' || sight === 'passive';
  return isSeen && (canTell || unknown.length === 0)
    ? answers.filter(({ node }) => node === undefined)
    : [];
}

/** A card of the node would lead to the same Service; connections that fail are what a stranger makes of them. */
function failsIn({ look }: NamedLook): boolean {
  return look.ports.some(({ protocol, outcome }) => protocol !== 'UDP' && outcome !== 'open');
}

interface Strangers {
  readonly look: NamedLook;
  readonly strangers: readonly NamedAnswer[];
  readonly elected: string | undefined;
}

/** A speaker answers on every card in the segment, and a kernel need not answer for the node on each of them. */
function couldBeItsCard({ look, strangers, elected }: Strangers): boolean {
  const answers = elected !== undefined && look.answers.some(({ node }) => node === elected);
  return answers && !strangers.some(({ mac }) => isVirtual(mac));
}

/** All six bytes are given to a virtual router: no card has them. */
function isVirtual(mac: string): boolean {
  return ethernetMark(mac)?.bytes === 6;
}

function finding(service: Service, { look: named, strangers, elected }: Strangers): Found {
  const { address, look, answers, unknown } = named;
  const macs = strangers.map(({ mac }) => mac).join(' and ');
  const beside = answers.flatMap(({ node }) => node ?? []);
  const also = beside.length === 0 ? '' : `, and so does ${beside.join(', ')}`;
  const ofThoseSeen = unknown.length === 0 ? '' : ' that was seen';
  const isCard = couldBeItsCard({ look: named, strangers, elected });
  const isSure =
    unknown.length === 0 && look.method !== 'neighbours' && (!isCard || failsIn(named));
  return {
    cause: 'address-answered-by-stranger',
    severity: isSure ? 'error' : 'warning',
    about: refOf(service),
    affects: [refOf(service)],
    addresses: [address],
    says: isCard
      ? `${macs} answers for ${address} beside ${beside.join(', ')}: a second card of ${elected}, or a stranger`
      : `${macs} answers for ${address} and belongs to no node of this cluster${ofThoseSeen}${also}`,
    details: [
      ...answers.map((answer) => answerLine(answer, look)),
      ...(unknown.length === 0 ? [] : [`not seen from ${placeText(look)}: ${unknown.join(', ')}`]),
      ...(isCard
        ? [`a second card of ${elected} in this segment looks the same: MetalLB answers on each`]
        : []),
      'it may be another cluster with the same range, a machine with a fixed address, or one that got it by DHCP',
    ],
    because: strangers.map((answer) => seenOnWire(look, answerLine(answer, look))),
    doubts: [
      ...doubtsIn(named),
      `${macs} being a second card of a node: compare with "ip link" there`,
    ],
    suggests: [...(isCard ? [compareOn(elected)] : []), ...waysOut(macs)],
  };
}

function compareOn(node: string | undefined): Found['suggests'][number] {
  return {
    says: `on ${node}: is it there? Then an L2Advertisement with one of the interfaces ends it`,
    command: 'ip -br link',
    mutates: false,
  };
}

function waysOut(macs: string): Found['suggests'] {
  return [
    {
      says: `find the machine: behind which port of the switch is ${macs}, and does DHCP give out this range?`,
      mutates: false,
    },
    {
      says: 'free the address there, or take it out of the pool: the Service gets another one then',
      mutates: true,
    },
  ];
}
