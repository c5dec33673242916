import { factsFor } from '../../checks/facts-for.ts';
import { shellWord } from '../diagnosis/kubectl.ts';
import { missingFact } from '../diagnosis/missing.ts';
import { namespacesInWords, namespacesRead, type Reading } from '../facts/reading.ts';
import { type FactName, pluginFacts, type Snapshot, trafficFacts } from '../facts/snapshot.ts';
import { aimedCommand, type Aim } from '../report/aim.ts';
import { costOf } from '../report/amounts.ts';
import { installationText } from '../report/banner.ts';
import type { Examination } from '../report/doctor-text.ts';
import type { Canvas } from '../report/style.ts';
import type { Failure } from './failure.ts';
import { rightsFor, type Right } from './rights/rights.ts';

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

/** Pods behind a Service are read where it is, and it is not known here which that will be. */
const { backends: _whoseever, ...ofTraffic } = factsFor('no-traffic', undefined);

const needed = rightsFor([
  factsFor('pending', undefined),
  ofTraffic,
  factsFor('health', undefined),
]);

/** Server, MetalLB and every right, as one full reading shows them. */
export function examineCluster(snapshot: Snapshot): readonly Examination[] {
  const { target, versions, receipt } = snapshot;
  const context = target.context === undefined ? 'no context' : `context ${target.context}`;
  return [
    works('kubeconfig', `${context}, namespace ${target.namespace}${identityText(target)}`),
    works(
      'server',
      [`${target.server} answers`, versions.kubernetes, costOf(receipt)]
        .filter((part) => part !== undefined)
        .join(', '),
    ),
    examineMetalLB(snapshot),
    ...needed
      .filter((right) => isOfThisCluster(right, snapshot))
      .map((right) => examineRight(right, snapshot)),
  ];
}

/** Nobody misses the kinds of a network plugin that is not there. */
function isOfThisCluster({ fact }: Right, { readings }: Snapshot): boolean {
  return fact === 'logs' || !isOfPlugin(fact) || readings[fact].state !== 'absent';
}

function isOfPlugin(fact: FactName): boolean {
  return pluginFacts.some((each) => each === fact);
}

/** A kubeconfig's name for a user is not the name that roles are bound to. */
function identityText({ identity, identityFrom }: Snapshot['target']): string {
  if (identity === undefined) {
    return '';
  }
  return identityFrom === 'server'
    ? `, as ${identity}`
    : `, as ${identity} (the kubeconfig's name)`;
}

/** A recording: nobody needs a right there, but something may not have been recorded. */
export function examineRecording(snapshot: Snapshot): readonly Examination[] {
  const { target, takenAt, versions } = snapshot;
  const kubernetes = versions.kubernetes === undefined ? '' : `, of ${versions.kubernetes}`;
  const facts = new Map(needed.map((right) => [right.fact, right]));
  return [
    works('recording', `${target.server}, taken at ${takenAt}${kubernetes}`),
    examineMetalLB(snapshot),
    ...[...facts.values()]
      .filter((right) => isOfThisCluster(right, snapshot))
      .map((right) => examineRecorded(right, snapshot)),
  ];
}

function examineRecorded({ fact, resource }: Right, snapshot: Snapshot): Examination {
  const reading = fact === 'logs' ? readLogs(snapshot) : snapshot.readings[fact];
  const isWhole = reading.state === 'read' && namespacesRead(reading) === undefined;
  if (isWhole) {
    return works(resource, `${reading.items.length} recorded`);
  }
  if (reading.state === 'absent' && fact !== 'logs') {
    return works(resource, 'its server does not have the kind');
  }
  const isForTraffic = trafficFacts.some((each) => each === fact);
  if (reading.state === 'failed' && reading.unheld === true && isForTraffic) {
    return works(resource, 'not recorded; only no-traffic asks for it');
  }
  if (reading.state === 'failed' && reading.unheld === true && fact === 'addressPools') {
    return works(resource, 'not recorded; only v0.13 of MetalLB reads them');
  }
  const key = fact === 'logs' ? 'controllerLogs' : fact;
  const { why, collect } = missingFact(key, reading, snapshot.installations[0]);
  return {
    topic: resource,
    state: 'limited',
    says: why,
    mend: collect === undefined ? [] : [collect],
  };
}

function examineMetalLB({ installations }: Snapshot): Examination {
  const [first] = installations;
  return first === undefined
    ? {
        topic: 'MetalLB',
        state: 'fails',
        says: 'no installation found in what may be read',
        mend: ['if it is there, name its namespace: --metallb-namespace NAMESPACE'],
      }
    : works('MetalLB', `${installationText(installations)}, by ${first.foundBy.join(', ')}`);
}

function examineRight(right: Right, snapshot: Snapshot): Examination {
  const { verb, resource, group, scope } = right;
  const topic = `${verb} ${group === '' ? resource : `${resource}.${group}`}`;
  const reading = right.fact === 'logs' ? readLogs(snapshot) : snapshot.readings[right.fact];
  const place = scope === 'cluster' ? 'all namespaces' : "MetalLB's namespace";
  switch (reading.state) {
    case 'read': {
      const within = namespacesRead(reading);
      return within === undefined || scope !== 'cluster'
        ? works(topic, `${reading.items.length} read`)
        : {
            topic,
            state: 'limited',
            says: `only in ${namespacesInWords(within)}`,
            mend: grant(snapshot),
          };
    }
    case 'absent':
      return right.fact === 'logs'
        ? { topic, state: 'limited', says: 'not tried: no pod of MetalLB was found', mend: [] }
        : works(topic, 'this server does not have the kind');
    case 'forbidden':
      return { topic, state: 'fails', says: `not allowed in ${place}`, mend: grant(snapshot) };
    case 'failed':
      return {
        topic,
        state: 'fails',
        says: reading.reason,
        mend: right.fact === 'logs' ? [] : ['try again, or --debug'],
      };
  }
}

/** Logs are of use as soon as some were read; the log of a run before the last is mostly not there. */
function readLogs({ logs, readings }: Snapshot): Reading<unknown> {
  if (logs.length === 0 && readings.pods.state !== 'read') {
    return { state: 'failed', reason: 'not tried, because no pod could be read' };
  }
  const now = logs.filter(({ previous }) => !previous).map(({ lines }) => lines);
  const unread =
    now.find(({ state }) => state === 'forbidden') ?? now.find(({ state }) => state === 'failed');
  const read = now.filter(({ state }) => state === 'read');
  return unread ?? (read.length === 0 ? { state: 'absent' } : { state: 'read', items: read });
}

/** The roles for whom the server takes us for; without its word a role would be bound to a wrong name. */
function grant({ target, installations }: Snapshot): readonly string[] {
  const { identity, identityFrom } = target;
  const namespace = installations[0]?.namespace;
  const where = namespace === undefined ? '' : ` --metallb-namespace=${shellWord(namespace)}`;
  const says = 'somebody who may grant rights can run:';
  return identity === undefined || identityFrom !== 'server'
    ? ['kubectl auth whoami', `then bind the roles to that name: triage rbac --help`]
    : [says, `triage rbac ${subjectFlag(identity)}${where} | kubectl apply -f -`];
}

/** Service accounts have a subject of their own in RBAC, though the server names them like users. */
function subjectFlag(identity: string): string {
  const [, account] = /^system:serviceaccount:([^:]+:[^:]+)$/.exec(identity) ?? [];
  return account === undefined
    ? `--user=${shellWord(identity)}`
    : `--serviceaccount=${shellWord(account)}`;
}

function works(topic: string, says: string): Examination {
  return { topic, state: 'works', says, mend: [] };
}

/** Who grants rights does so as themselves, not as the person whose rights were looked at. */
export function aimed(examinations: readonly Examination[], aim: Aim): readonly Examination[] {
  const asOneself = { ...aim, kubectl: aim.kubectl.filter(({ name }) => !name.startsWith('as')) };
  const mended = (text: string) =>
    aimedCommand(text, text.startsWith('triage rbac ') ? asOneself : aim);
  return examinations.map((each) => ({ ...each, mend: each.mend.map(mended) }));
}
