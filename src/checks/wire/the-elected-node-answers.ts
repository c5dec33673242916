import { type Found } from '../../core/diagnosis/check.ts';
import { shellWord } from '../../core/diagnosis/kubectl.ts';
import { refOf } from '../models/references.ts';
import { seenOnWire } from '../models/seen.ts';
import { speakerLogs, isOpenIn, type Answering } from '../models/wire/elected.ts';
import type { NamedLook } from '../models/wire/looks.ts';
import { answerLine, doubtsIn } from '../models/wire/words.ts';
import { answeringCheck } from '../models/wire/answering-check.ts';

/** All speakers elect the same node from the same facts; that another one answers means that somebody's facts are old. */
export const theElectedNodeAnswers = answeringCheck({
  id: 'MLB-W04',
  asks: 'Is the node that answers the one that MetalLB elects?',
  causes: ['address-answered-by-another-node'],
  run: (_service, answering, facts) =>
    answering.looks.flatMap((look) => {
      const other = otherIn(look, answering);
      const logs = other === undefined ? '' : speakerLogs(other, facts);
      return other === undefined ? [] : [finding({ look, other, answering, logs })];
    }),
});

/** The one node that answers, when it is not the elected one. Of several, another check tells. */
function otherIn(
  { answers, look }: NamedLook,
  { elected, announcing }: Answering,
): string | undefined {
  const nodes = new Set(answers.map(({ node }) => node));
  const [only] = [...nodes];
  if (nodes.size !== 1 || only === undefined || only === elected) {
    return undefined;
  }
  // what a node sends for itself never comes back to it
  const isOwn = look.from.node !== undefined && look.from.node === elected;
  return isOwn || announcing.mayAnnounce.includes(only) ? undefined : only;
}

interface Scene {
  readonly look: NamedLook;
  readonly other: string;
  readonly answering: Answering;
  /** The command that shows what the speaker of the other node says. */
  readonly logs: string;
}

function finding({ look, other, answering, logs }: Scene): Found {
  const { service } = answering.announcing;
  const { elected } = answering;
  const lines = look.answers.map((answer) => answerLine(answer, look.look));
  const should =
    elected === undefined ? "by MetalLB's rules no node should" : `MetalLB elects ${elected}`;
  return {
    cause: 'address-answered-by-another-node',
    severity: isOpenIn(look) ? 'warning' : 'error',
    about: refOf(service),
    affects: [refOf(service)],
    addresses: [look.address],
    says: `${other} answers for ${look.address}; ${should}`,
    details: [
      ...lines,
      ...(elected === undefined
        ? []
        : [
            `the speaker of ${other} does not see that of ${elected}, works with older facts, or only just took over`,
          ]),
      `if its speaker does not announce it, the kernel of ${other} holds the address: keepalived, kube-vip, an alias left behind`,
    ],
    because: lines.map((line) => seenOnWire(look.look, line)),
    doubts: [
      ...doubtsIn(look),
      'which speakers see one another is not known to the API server: a node counts as member while its speaker runs',
    ],
    suggests: [
      {
        says: `what the speaker of ${other} says of the address, and whom it counts among the members`,
        command: `${logs} | grep -E ${shellWord(`"${look.address}"|memberlist|node event`)}`,
        mutates: false,
      },
    ],
  };
}
