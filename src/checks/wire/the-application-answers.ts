import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Node, Service } from '../../core/facts/kube-objects.ts';
import type { PortAttempt } from '../../core/facts/wire.ts';
import { packetsOfFullSize } from '../models/packets-of-full-size.ts';
import { refOf } from '../models/references.ts';
import { seenOnWire } from '../models/seen.ts';
import { seeLogs } from '../models/service-remedies.ts';
import { whyNotTried } from '../models/wire/elected.ts';
import { looksAt, type NamedLook } from '../models/wire/looks.ts';
import { doubtsIn, placeText } from '../models/wire/words.ts';

/** Once an HTTP answer comes back, whatever it says, the address and all that MetalLB does for it work. */
export const theApplicationAnswers = defineCheck({
  id: 'MLB-W06',
  asks: 'Does what is behind the ports answer, and without an error?',
  symptoms: ['no-traffic'],
  causes: ['application-fails', 'answers-lost'],
  needs: ['wire', 'nodes'],
  helps: [],
  link: 'elsewhere',
  basis: 'observed',
  skipWhen: (facts, service) => whyNotTried(service, facts),
  run: (facts, service) =>
    service === undefined
      ? []
      : looksAt(service, facts).flatMap((look) => [
          ...failing(service, look),
          ...lost(service, look, facts.nodes),
        ]),
});

function failing(service: Service, named: NamedLook): readonly Found[] {
  const { look } = named;
  const errors = look.ports.filter(({ says = '' }) => /^HTTP\S* 5\d\d\b/.test(says));
  return errors.length === 0
    ? []
    : [
        {
          ...base(service, named, errors),
          cause: 'application-fails',
          says: `${errors.map((each) => `port ${each.port} answers ${each.says}`).join(', ')}: traffic arrives, and the application or a proxy before it fails`,
          details: ['MetalLB and the way to the pods work: an answer came back'],
          suggests: [seeLogs(service)],
        },
      ];
}

/** The connection stands, and then nothing: small packets pass, large ones or the program do not. */
function lost(service: Service, named: NamedLook, nodes: readonly Node[]): readonly Found[] {
  const { look, address } = named;
  const silent = look.ports.filter(
    ({ protocol, outcome, port }) =>
      (protocol === 'HTTP' || protocol === 'HTTPS') &&
      (outcome === 'timeout' || outcome === 'reset') &&
      look.ports.some(
        (other) => other.protocol === 'TCP' && other.port === port && other.outcome === 'open',
      ),
  );
  const [first] = silent;
  return first === undefined
    ? []
    : [
        {
          ...base(service, named, silent),
          cause: 'answers-lost',
          says: `${address} port ${first.port} is open, and a request to it gets no answer, seen from ${placeText(look)}`,
          details: [
            'the program hangs or speaks no HTTP there; or large packets are lost on the way back (MTU), which small ones are not',
          ],
          suggests: packetsOfFullSize(
            address,
            addressBehind(named, nodes),
            'from the same host: large packets that may not be cut; no answer where small ones get one means MTU',
          ),
        },
      ];
}

/** A node answered for the address in this look: large packets are tried to its own address. */
function addressBehind(
  { answers, address }: NamedLook,
  nodes: readonly Node[],
): string | undefined {
  const isV6 = address.includes(':');
  const name = answers.find(({ node }) => node !== undefined)?.node;
  const node = nodes.find(({ metadata }) => metadata.name === name);
  const own = node?.status.addresses.find(
    (each) => each.type === 'InternalIP' && each.address.includes(':') === isV6,
  );
  return own?.address;
}

function base(service: Service, named: NamedLook, attempts: readonly PortAttempt[]) {
  return {
    severity: 'warning' as const,
    about: refOf(service),
    affects: [refOf(service)],
    addresses: [named.address],
    because: attempts.map(({ protocol, port, says, outcome }) =>
      seenOnWire(named.look, `${protocol} ${port}: ${says ?? outcome}`),
    ),
    doubts: doubtsIn(named),
  };
}
