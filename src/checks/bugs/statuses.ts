import type { Facts } from '../../core/diagnosis/facts.ts';
import type { KubeEvent, ServiceL2Status } from '../../core/facts/kube-objects.ts';
import { eventsAbout } from '../models/testimony/events.ts';
import { refOf, serviceRef } from '../models/references.ts';
import { seenEvent, seenField, seenLine } from '../models/seen.ts';
import { defineBug, type KnownBug, type Sign } from './known-bug.ts';
import { asReading, linesSaying } from './material.ts';

const newest = { since: 'v0.14.6', fixedIn: 'v0.16.0' } as const;
const leastLines = 2;

/** Faults of the speakers in reporting who announces. */
export const statusBugs: readonly KnownBug[] = [
  defineBug({
    bug: 'metallb#2626',
    related: ['metallb#2930', 'metallb#2938', 'cozystack#2120'],
    title: 'ServiceL2Status: "Value is immutable" over and over',
    program: 'speaker',
    ...newest,
    severity: 'info',
    whatGoesWrong:
      'After a failover the new announcer takes over the status object of the old one and tries to write its own node into it, which the API server refuses, each few minutes. Mostly that is noise in the log. Some saw an address fall silent with it until the speakers were restarted, so look whether the address answers.',
    recognisedBy: 'the refusal in the log of a speaker',
    workaround:
      'Delete the ServiceL2Status objects of that Service; the announcer makes a new one. Restart the speakers if the address does not answer. v0.16.0 has the fix (but see metallb#3063).',
    accountsFor: [],
    needs: ['speakerLogs'],
    signs: (facts) => {
      const [line, ...more] = linesSaying(
        asReading(facts.speakerLogs),
        /[Ss]ervice[Ll]2[Ss]tatus.*Value is immutable/,
        facts.takenAt,
      );
      return line === undefined
        ? []
        : [
            {
              about: undefined,
              says: `${line.pod} may not change the node of a ServiceL2Status${more.length === 0 ? '' : ` (${more.length + 1} times in these logs)`}: noise, if the address answers`,
              because: [seenLine(line)],
            },
          ];
    },
  }),
  defineBug({
    bug: 'metallb#2705',
    related: ['metallb#2938'],
    title: 'ServiceL2Status names a node that does not announce',
    program: 'speaker',
    ...newest,
    severity: 'info',
    whatGoesWrong:
      'Speakers race for the status object of a Service. One that lost leaves its own behind, so the objects name two nodes, or another one than the last nodeAssigned event. Only the event and the wire say who announces.',
    recognisedBy:
      'two ServiceL2Status of one Service with different nodes, or one whose node is not that of the newest nodeAssigned event',
    workaround:
      'Delete the stale objects; trust the newest nodeAssigned event until v0.16.0, which removes leftovers.',
    accountsFor: [],
    needs: ['serviceL2Statuses'],
    helps: ['events'],
    signs: (facts) =>
      [...Map.groupBy(facts.serviceL2Statuses, serviceOf)].flatMap(([key, statuses]) =>
        key === undefined ? [] : strayStatus(key, statuses, facts),
      ),
  }),
  defineBug({
    bug: 'metallb#3063',
    related: ['metallb#3079'],
    title: 'ServiceL2Status is written without end',
    program: 'speaker',
    since: 'v0.16.0',
    fixedIn: undefined,
    severity: 'warning',
    whatGoesWrong:
      'A speaker creates the status object with a resourceVersion in it, is refused, finds the object gone and starts again, several times a second and Service. The addresses are announced all the while; the API server and etcd carry the load. A fix was proposed (#3079); it is not listed for v0.16.1.',
    recognisedBy:
      '"resourceVersion should not be set on objects to be created" repeatedly in the log of a speaker',
    workaround:
      'Stay at v0.15.3 with chart, images and CRDs together, or watch the load until a release lists the fix.',
    accountsFor: [],
    needs: ['speakerLogs'],
    signs: (facts) => {
      const lines = linesSaying(
        asReading(facts.speakerLogs),
        /resourceVersion should not be set on objects to be created/,
        facts.takenAt,
      );
      const [line] = lines;
      return line === undefined || lines.length < leastLines
        ? []
        : [
            {
              about: undefined,
              says: `${line.pod} creates a ServiceL2Status again and again (${lines.length} refusals in these logs): load for the API server, while the address is announced`,
              because: lines.slice(-leastLines).map(seenLine),
            },
          ];
    },
  }),
];

function serviceOf({ status }: ServiceL2Status): string | undefined {
  return status.serviceName === undefined || status.serviceNamespace === undefined
    ? undefined
    : `${status.serviceNamespace}/${status.serviceName}`;
}

function strayStatus(
  key: string,
  statuses: readonly ServiceL2Status[],
  facts: Facts<'serviceL2Statuses', 'events'>,
): readonly Sign[] {
  const nodes = [...new Set(statuses.flatMap(({ status }) => status.node ?? []))].toSorted();
  const assigned = newestAssignment(key, facts);
  const node = /node "([^"]+)"/.exec(assigned?.message ?? '')?.[1];
  const fields = statuses.map((each) => seenField(refOf(each), 'status.node', nodeOf(each)));
  if (nodes.length > 1) {
    return [
      {
        about: serviceRef(key),
        says: `the status objects of ${key} name ${nodes.join(' and ')}; one node announces it`,
        because: fields,
      },
    ];
  }
  return assigned === undefined || node === undefined || nodes[0] === undefined || nodes[0] === node
    ? []
    : [
        {
          about: serviceRef(key),
          says: `the status object of ${key} names ${nodes[0]}, but ${node} said last that it announces it`,
          because: [...fields, seenEvent(assigned)],
        },
      ];
}

function nodeOf({ status }: ServiceL2Status): string {
  return status.node ?? '(none)';
}

function newestAssignment(
  key: string,
  facts: Facts<'serviceL2Statuses', 'events'>,
): KubeEvent | undefined {
  return eventsAbout(facts, serviceRef(key)).find(
    ({ reason, message }) => reason === 'nodeAssigned' && message.includes('layer2'),
  );
}
