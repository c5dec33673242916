import type { Facts } from '../../../core/diagnosis/facts.ts';
import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { BGPPeer } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { logLines, type LogLine } from '../testimony/log-lines.ts';
import { isSpeakerComplaint } from '../configuration/speaker-complaints.ts';

/** A BGPPeer whose password speakers cannot get, by their own last word. */
export interface MissingSecret {
  readonly peer: BGPPeer;
  readonly line: LogLine;
}

const ofSecrets = /secret ref not found|secret type mismatch|password not specified in the secret/;

/**
 * Secrets are never read, so only a speaker's log can tell. A line counts while nothing was loaded after it and the
 * peer it names still wants a Secret.
 */
export function missingSecretOf(
  facts: Facts<never, 'bgpPeers' | 'speakerLogs'>,
): MissingSecret | undefined {
  const line = lastComplaints(facts).find(({ words }) => ofSecrets.test(words));
  const peer = itemsIfRead(facts.bgpPeers).find(
    ({ metadata, spec }) =>
      metadata.namespace === facts.installation?.namespace &&
      spec.passwordSecret !== undefined &&
      namesIn(line?.words ?? '').has(metadata.name),
  );
  return line === undefined || peer === undefined ? undefined : { peer, line };
}

/** `peer tor-1` is none of `peer tor-10`. */
function namesIn(words: string): ReadonlySet<string> {
  return new Set([...words.matchAll(/peer "?([\w.-]*\w)/g)].map(([, name = '']) => name));
}

/** The last word of each speaker on its configuration, where that is that it refuses it. */
export function lastComplaints({
  speakerLogs,
  takenAt,
}: Facts<never, 'speakerLogs'>): readonly LogLine[] {
  const byPod = Map.groupBy(
    logLines(speakerLogs, takenAt).filter(({ previous }) => !previous),
    ({ pod }) => pod,
  );
  return [...byPod.values()]
    .flatMap((lines) => lines.filter(isAboutConfiguration).slice(-1))
    .filter(isSpeakerComplaint);
}

function isAboutConfiguration(line: LogLine): boolean {
  return isSpeakerComplaint(line) || line.values.get('event') === 'config reloaded';
}

/** The password is asked for, and passes through no command line. */
export function createPassword(namespace: string, secret: string): Remedy {
  return {
    says: `create Secret ${namespace}/${secret}; it asks for the password`,
    command: `read -rs password && printf %s "$password" | ${kubectl`-n ${namespace} create secret generic ${secret} --type=kubernetes.io/basic-auth --from-file=password=/dev/stdin`}`,
    mutates: true,
  };
}

/** The Secret that the peer named in these words wants. */
export function wantedSecret(
  words: string,
  { bgpPeers, installation }: Facts<never, 'bgpPeers'>,
): { readonly namespace: string; readonly secret: string } | undefined {
  const namespace = installation?.namespace;
  const peer = itemsIfRead(bgpPeers).find(
    ({ metadata }) => metadata.namespace === namespace && namesIn(words).has(metadata.name),
  );
  const secret = peer?.spec.passwordSecret;
  return namespace === undefined || secret === undefined ? undefined : { namespace, secret };
}
