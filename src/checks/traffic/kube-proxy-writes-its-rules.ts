import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { ageMs } from '../models/ages.ts';
import { refOf } from '../models/references.ts';
import { seenLine } from '../models/seen.ts';
import { type LogLine, logLines } from '../models/testimony/log-lines.ts';
import { someOf } from '../../core/facts/in-words.ts';
import { noServedAddress } from '../models/one-service.ts';

type LogFacts = Facts<never, 'otherLogs' | 'pods'>;

/** kube-proxy passes for ready while the kernel refuses its rules, all of them for one that it does not know; only its log says so (kubernetes/kubernetes#142068). */
export const kubeProxyWritesItsRules = defineCheck({
  id: 'MLB-D20',
  asks: 'Does the kernel take the rules of kube-proxy?',
  symptoms: ['no-traffic'],
  causes: ['kube-proxy-failing'],
  link: 'data-path',
  basis: 'observed',
  needs: [],
  helps: ['otherLogs', 'pods'],
  byWordsAlone: true,
  skipWhen: (facts, subject) =>
    noServedAddress(facts, subject) ??
    (linesByPod(facts).size === 0 ? 'no log of kube-proxy was read' : undefined),
  run: (facts, service) => {
    const failing = [...linesByPod(facts)].flatMap(([pod, lines]) => {
      const failures = lines.filter(({ text }) => refused.test(text));
      return isLasting(failures, facts.takenAt) ? [{ pod, failures }] : [];
    });
    return service === undefined || failing.length === 0 ? [] : [finding(failing, service, facts)];
  },
});

const refused = /Failed to execute iptables-restore|(?:nftables )?sync failed/i;

/** It tries again every 30 seconds, two lines each time; a lock that somebody else held is gone by then. */
const leastLines = 4;
const recentMs = 10 * 60_000;

/** True when the last few failures are all of the last minutes. */
function isLasting(failures: readonly LogLine[], now: string): boolean {
  const age = ageMs(failures.at(-leastLines)?.at, now);
  return age !== undefined && age <= recentMs;
}

function linesByPod({ otherLogs, takenAt }: LogFacts): ReadonlyMap<string, readonly LogLine[]> {
  const own = logLines(otherLogs, takenAt).filter(
    ({ pod, previous }) => pod.startsWith('kube-proxy') && !previous,
  );
  return Map.groupBy(own, ({ pod }) => pod);
}

/** `kube-proxy on worker-1, worker-2 says`; where the nodes are not known the pods themselves. */
function whoText(failing: readonly Failing[], pods: LogFacts['pods']): string {
  const nodes = failing.flatMap(
    ({ pod }) =>
      itemsIfRead(pods).find(({ metadata }) => metadata.name === pod)?.spec.nodeName ?? [],
  );
  return nodes.length === failing.length
    ? `kube-proxy on ${someOf(nodes.toSorted())} says`
    : `${someOf(failing.map(({ pod }) => pod).toSorted())} ${failing.length === 1 ? 'says' : 'say'}`;
}

interface Failing {
  readonly pod: string;
  readonly failures: readonly LogLine[];
}

function finding(failing: readonly Failing[], service: Service, { pods }: LogFacts): Found {
  const [first = ''] = failing.map(({ pod }) => pod);
  const about = { kind: 'Pod', namespace: 'kube-system', name: first };
  return {
    cause: 'kube-proxy-failing',
    severity: 'warning',
    about,
    affects: [refOf(service)],
    says: `${whoText(failing, pods)} again and again that its rules were not taken`,
    details: [
      'it passes for ready all the same; one rule that the kernel does not know keeps out all others, those of this Service among them',
      'rules that it made before stay on the node; after a restart of the node there are none',
    ],
    because: failing.slice(0, 3).flatMap(({ failures }) => failures.slice(-1).map(seenLine)),
    doubts: ['the lines are older than the trouble'],
    suggests: [
      {
        says: 'read which rule it is, and why the kernel refuses it: a module that is missing, iptables of another kind',
        command: kubectl`-n ${'kube-system'} logs ${first} --tail=50`,
        mutates: false,
      },
    ],
  };
}
