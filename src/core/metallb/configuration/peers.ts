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

/** v0.14.9 puts the peer's name on a second line, later releases before the fault, without a colon. */
function told(message: string, { metadata }: BGPPeer, rules: SpeakerRules): string {
  const who = `parsing peer ${metadata.name}`;
  if (!rules.knowsDynamicASN) {
    return `${who}: ${message}`;
  }
  return rules.knowsInterfaces ? `${who} ${message}` : `${message}\n${who}`;
}

function secretProblems(
  peer: BGPPeer,
  { rules, secrets }: PeerSurroundings,
): readonly ConfigurationProblem[] {
  const { namespace = '', name } = peer.metadata;
  const wanted = peer.spec.passwordSecret;
  if (wanted === undefined || secrets === undefined || peer.spec.hasPassword) {
    return [];
  }
  const secret = secrets.get(wanted);
  const suffix = `ailed to parse peer ${name} password secret`;
  const joined = (message: string) =>
    told(rules.knowsDynamicASN ? `${message}\nf${suffix}` : `F${suffix}: ${message}`, peer, rules);
  if (secret === undefined) {
    const message = `secret ref not found for peer config ${quoted(namespace)}/${quoted(name)}`;
    const waitsFor = `Secret ${namespace}/${wanted}`;
    const fault = {
      rule: 'missing-secret',
      entry: 'passwordSecret',
      message: joined(message),
      waitsFor,
    } as const;
    return [problemOf(peer, fault)];
  }
  const where = `${quoted(namespace)}/${quoted(wanted)}`;
  if (secret.type !== 'kubernetes.io/basic-auth') {
    const message = `secret type mismatch on ${where}, type "kubernetes.io/basic-auth" is expected `;
    return [
      problemOf(peer, { rule: 'peer-password', entry: 'passwordSecret', message: joined(message) }),
    ];
  }
  const message = `password not specified in the secret ${where}`;
  return secret.hasPassword
    ? []
    : [
        problemOf(peer, {
          rule: 'peer-password',
          entry: 'passwordSecret',
          message: joined(message),
        }),
      ];
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
