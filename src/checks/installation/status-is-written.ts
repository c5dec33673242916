import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck, type Subject } from '../../core/diagnosis/check.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import { logLines } from '../models/testimony/log-lines.ts';
import { controllerOf, type Program } from '../models/programs/programs.ts';
import { logIfInTrouble, noLogNoTrouble } from '../models/testimony/quiet-logs.ts';
import { everyoneOr } from '../models/reach.ts';
import { serviceRef } from '../models/references.ts';
import { seenLine } from '../models/seen.ts';
import { isPending, keyOfService } from '../models/services.ts';
import { type WriteFailure, writeFailures } from '../models/testimony/write-failures.ts';

/** An address exists only once it stands in the Service's status; a write that is refused leaves it pending. */
export const statusIsWritten = defineCheck({
  id: 'MLB-I11',
  asks: `Can the controller write the Services' status?`,
  symptoms: ['pending', 'health'],
  causes: ['status-write-fails'],
  needs: ['services', 'deployments', 'daemonSets', 'pods'],
  helps: ['controllerLogs'],
  enoughInNamespace: ['services'],
  basis: 'observed',
  alsoNeeds: (facts, subject) => logIfInTrouble(facts, { subject, services: facts.services }),
  skipWhen: (facts, subject) => noLogNoTrouble(facts, { subject, services: facts.services }),
  run: (facts, subject) => {
    const controller = controllerOf(facts);
    const lines = logLines(facts.controllerLogs, facts.takenAt).filter((line) => !line.previous);
    const served = new Set(facts.services.filter((each) => !isPending(each)).map(keyOfService));
    const failures = writeFailures(lines, facts.takenAt).filter(
      ({ service, isInFullPass }) => isInFullPass || service === undefined || !served.has(service),
    );
    const own = subject === undefined ? undefined : keyOfService(subject);
    const told = failures.find((each) => each.service === own) ?? failures[0];
    if (controller === undefined || told === undefined) {
      return [];
    }
    const strikesAll = told.isDenied || told.service === undefined;
    const stalls = !strikesAll && told.service !== own && (own !== undefined || told.isInFullPass);
    return [
      {
        cause: 'status-write-fails',
        severity: 'error',
        about: told.service === undefined ? clusterRef : serviceRef(told.service),
        affects:
          strikesAll || stalls || told.service === undefined
            ? everyoneOr(subject)
            : [serviceRef(told.service)],
        says: sentence(told, stalls, subject),
        details: failures
          .slice(0, failuresShown)
          .map(({ words, service }) => `${service ?? 'a Service'}: ${words}`),
        because: failures.slice(0, failuresShown).map(({ line }) => seenLine(line)),
        suggests: [...passingRemedy(told), remedyFor(controller, told)],
      },
    ];
  },
});

const failuresShown = 3;
const clusterRef = { kind: 'Cluster', name: 'cluster' };

function sentence(
  { words, service = 'a Service', isDenied }: WriteFailure,
  stalls: boolean,
  subject: Subject,
): string {
  if (stalls) {
    return `MetalLB cannot write the status of ${service}, and what is new waits until that succeeds`;
  }
  const whom = subject === undefined ? service : 'it';
  return isDenied
    ? `MetalLB has an address for ${whom}, but lacks the right to write it (update services/status)`
    : `MetalLB has an address for ${whom}, but cannot write it: ${words}`;
}

/** One Service that passes is mended in a minute; the rule of another product has its own people. */
function passingRemedy({ line, service }: WriteFailure): readonly Remedy[] {
  if (service === undefined || !/admission webhook .* denied the request/.test(line.text)) {
    return [];
  }
  const { namespace = 'default', name } = serviceRef(service);
  return [
    {
      says: `give ${service} what the refusal asks for: its status is written at the next try`,
      command: kubectl`-n ${namespace} edit service ${name}`,
      mutates: true,
    },
  ];
}

function remedyFor({ namespace, handle }: Program, { line, isDenied }: WriteFailure): Remedy {
  if (isDenied) {
    return {
      says: 'apply the ClusterRole of the running version (update on services/status), then restart the controller',
      command: kubectl`-n ${namespace} rollout restart ${handle}`,
      mutates: true,
    };
  }
  const text = line.text.replaceAll('\\"', '"');
  const silent = /failed calling webhook "([^"]+)"/.exec(text)?.[1];
  const webhook = silent ?? /admission webhook "([^"]+)"/.exec(text)?.[1];
  return webhook === undefined
    ? {
        says: 'mend what refuses the write; the error names it',
        command: kubectl`-n ${namespace} logs ${line.pod} --tail=50`,
        mutates: false,
      }
    : {
        says:
          silent === undefined
            ? `for good, let the admission webhook ${webhook} pass services/status`
            : `the admission webhook ${webhook} of another product does not answer: get it up again`,
        command: 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
        mutates: false,
      };
}
