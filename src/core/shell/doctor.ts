import { factsFor } from '../../checks/facts-for.ts';
import type { Reading } from '../facts/reading.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { costOf } from '../report/amounts.ts';
import { installationText } from '../report/banner.ts';
import type { Examination } from '../report/doctor-text.ts';
import type { Canvas } from '../report/style.ts';
import type { Failure } from './failure.ts';
import { rightsFor, type Right } from './rights.ts';

/** The program and the terminal it writes to; neither needs a cluster. */
export function examineHere(canvas: Canvas, version: string): readonly Examination[] {
  const signs = canvas.unicode ? 'UTF-8' : 'ASCII signs (the locale is not UTF-8)';
  const colour = canvas.colour ? 'colour' : 'no colour';
  return [
    works('node', `${process.version} runs triage ${version}`),
    works('terminal', `${canvas.width} columns, ${colour}, ${signs}`),
  ];
}

/** Why no cluster could be looked at. */
export function examineFailure(failure: Failure): Examination {
  return {
    topic: failure.kind === 'usage' ? 'kubeconfig' : 'server',
    state: 'fails',
    says: [failure.message, ...failure.causes].join(': '),
    mend: failure.suggestions,
  };
}

/** Server, MetalLB and every right, as one full reading shows them. */
export function examineCluster(snapshot: Snapshot): readonly Examination[] {
  const { target, versions, receipt } = snapshot;
  const identity = target.identity === undefined ? '' : ` as ${target.identity}`;
  const context = target.context === undefined ? 'no context' : `context ${target.context}`;
  return [
    works('kubeconfig', `${context}, namespace ${target.namespace}${identity}`),
    works(
      'server',
      [`${target.server} answers`, versions.kubernetes, costOf(receipt)]
        .filter((part) => part !== undefined)
        .join(', '),
    ),
    examineMetalLB(snapshot),
    ...rightsFor([factsFor('pending', undefined), factsFor('health', undefined)]).map((right) =>
      examineRight(right, snapshot),
    ),
  ];
}

function examineMetalLB({ installations }: Snapshot): Examination {
  const [first] = installations;
  return first === undefined
    ? {
        topic: 'MetalLB',
        state: 'fails',
        says: 'no installation found in what may be read',
        mend: ['name its namespace: --metallb-namespace NAMESPACE', 'triage health'],
      }
    : works('MetalLB', `${installationText(installations)}, by ${first.foundBy.join(', ')}`);
}

function examineRight(right: Right, snapshot: Snapshot): Examination {
  const { verb, resource, group, scope } = right;
  const topic = `${verb} ${group === '' ? resource : `${resource}.${group}`}`;
  const reading = readingOf(right, snapshot);
  const place = scope === 'cluster' ? 'all namespaces' : "MetalLB's namespace";
  switch (reading.state) {
    case 'read':
      return reading.within === undefined || scope !== 'cluster'
        ? works(topic, `${reading.items.length} read`)
        : {
            topic,
            state: 'limited',
            says: `only in namespace ${reading.within}`,
            mend: grant(snapshot),
          };
    case 'absent':
      return works(topic, 'this server does not have the kind');
    case 'forbidden':
      return { topic, state: 'fails', says: `not allowed in ${place}`, mend: grant(snapshot) };
    case 'failed':
      return { topic, state: 'fails', says: reading.reason, mend: ['try again, or --debug'] };
  }
}

function readingOf({ fact }: Right, { readings, logs }: Snapshot): Reading<unknown> {
  if (fact !== 'logs') {
    return readings[fact];
  }
  if (logs.length === 0 && readings.pods.state !== 'read') {
    return { state: 'failed', reason: 'not tried, because no pod could be read' };
  }
  const unread = logs.map(({ lines }) => lines).find(({ state }) => state === 'forbidden');
  return unread ?? { state: 'read', items: logs };
}

/** Said once per missing right would be a wall of text; the roles hold all of them. */
function grant({ target, installations }: Snapshot): readonly string[] {
  const namespace = installations[0]?.namespace;
  const where = namespace === undefined ? '' : ` --metallb-namespace ${namespace}`;
  const user = target.identity === undefined ? 'NAME' : target.identity;
  return [`triage rbac --user ${user}${where} | kubectl apply -f -`];
}

function works(topic: string, says: string): Examination {
  return { topic, state: 'works', says, mend: [] };
}
