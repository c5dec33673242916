import type { BFDProfile, BGPPeer } from '../../facts/kube-objects.ts';
import type { ConfigurationProblem } from '../configuration.ts';
import { quoted } from '../go-text.ts';
import { peerFaults } from './peer-faults.ts';
import { problemOf } from './problem.ts';
import type { PeerSecret } from './speaker-input.ts';
import type { SpeakerRules } from './speaker-rules.ts';

/** What peers lean on. */
export interface PeerSurroundings {
  readonly rules: SpeakerRules;
  readonly bfdProfiles: readonly BFDProfile[];
  /** Undefined when Secrets were not looked at. */
  readonly secrets: ReadonlyMap<string, PeerSecret> | undefined;
}

/** What is wrong with each peer by itself, and what it names that is not there. */
export function peerProblems(
  peers: readonly BGPPeer[],
  around: PeerSurroundings,
): readonly ConfigurationProblem[] {
  return peers.flatMap((peer) => [
    ...peerFaults(peer, around.rules).map(({ rule, field, message }) =>
      problemOf(peer, { rule, entry: field, message: told(message, peer, around.rules) }),
    ),
    ...secretProblems(peer, around),
    ...missingProfile(peer, around),
  ]);
}

/** v0.14.6 to v0.14.9 put the peer's name on a second line, later releases before the fault, without a colon. */
function told(message: string, { metadata }: BGPPeer, rules: SpeakerRules): string {
  const who = `parsing peer ${metadata.name}`;
  if (!rules.joinsErrors) {
    return `${who}: ${message}`;
  }
  return rules.knowsInterfaces ? `${who} ${message}` : `${message}\n${who}`;
}

function secretProblems(
  peer: BGPPeer,
  { rules, secrets }: PeerSurroundings,
): readonly ConfigurationProblem[] {
  const fault = secrets === undefined ? undefined : secretFault(peer, secrets);
  if (fault === undefined) {
    return [];
  }
  const { message, ...rest } = fault;
  const suffix = `ailed to parse peer ${peer.metadata.name} password secret`;
  const joined = rules.joinsErrors ? `${message}\nf${suffix}` : `F${suffix}: ${message}`;
  return [
    problemOf(peer, { ...rest, entry: 'passwordSecret', message: told(joined, peer, rules) }),
  ];
}

type SecretFault = Pick<ConfigurationProblem, 'rule' | 'message' | 'waitsFor'>;

function secretFault(
  { metadata, spec }: BGPPeer,
  secrets: ReadonlyMap<string, PeerSecret>,
): SecretFault | undefined {
  const { namespace = '', name } = metadata;
  if (spec.passwordSecret === undefined || spec.hasPassword) {
    return undefined;
  }
  const secret = secrets.get(spec.passwordSecret);
  const where = `${quoted(namespace)}/${quoted(spec.passwordSecret)}`;
  if (secret === undefined) {
    return {
      rule: 'missing-secret',
      message: `secret ref not found for peer config ${quoted(namespace)}/${quoted(name)}`,
      waitsFor: `Secret ${namespace}/${spec.passwordSecret}`,
    };
  }
  if (secret.type !== 'kubernetes.io/basic-auth') {
    const message = `secret type mismatch on ${where}, type "kubernetes.io/basic-auth" is expected `;
    return { rule: 'peer-password', message };
  }
  return secret.hasPassword
    ? undefined
    : { rule: 'peer-password', message: `password not specified in the secret ${where}` };
}

function missingProfile(
  peer: BGPPeer,
  { bfdProfiles }: PeerSurroundings,
): readonly ConfigurationProblem[] {
  const wanted = peer.spec.bfdProfile;
  if (wanted === undefined || bfdProfiles.some(({ metadata }) => metadata.name === wanted)) {
    return [];
  }
  return [
    problemOf(peer, {
      rule: 'missing-bfd-profile',
      entry: 'bfdProfile',
      message: `peer ${peer.metadata.name} referencing non existing bfd profile ${wanted}`,
      waitsFor: `BFDProfile ${peer.metadata.namespace ?? ''}/${wanted}`,
    }),
  ];
}
