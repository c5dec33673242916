import type { Facts } from '../../core/diagnosis/facts.ts';
import type { BGPPeer } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { logLines, type LogLine } from './log-lines.ts';
import { isSpeakerComplaint } from './speaker-complaints.ts';

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
  const byPod = Map.groupBy(
    logLines(facts.speakerLogs, facts.takenAt).filter(({ previous }) => !previous),
    ({ pod }) => pod,
  );
  const line = [...byPod.values()]
    .flatMap((lines) => lines.filter(isAboutConfiguration).slice(-1))
    .find((each) => isSpeakerComplaint(each) && ofSecrets.test(each.words));
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

function isAboutConfiguration(line: LogLine): boolean {
  return isSpeakerComplaint(line) || line.values.get('event') === 'config reloaded';
}
