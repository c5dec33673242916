import { defineCheck } from '../../core/diagnosis/check.ts';
import { logLines, type LogLine } from '../models/log-lines.ts';
import { controllerOf } from '../models/programs.ts';
import { logIfInTrouble, noLogNoTrouble } from '../models/quiet-logs.ts';
import { everyoneOr } from '../models/reach.ts';
import { serviceRef } from '../models/references.ts';
import { seenLine } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { shortWords } from '../models/last-words.ts';
import { writeFailures } from '../models/write-failures.ts';

/** An address exists only once it stands in the Service's status; a write that is refused leaves it pending. */
export const statusIsWritten = defineCheck({
  id: 'MLB-I11',
  asks: `Can the controller write the Services' status?`,
  symptoms: ['pending', 'health'],
  causes: ['status-write-fails'],
  needs: ['deployments', 'daemonSets', 'pods'],
  helps: ['services', 'controllerLogs'],
  basis: 'observed',
  alsoNeeds: logIfInTrouble,
  skipWhen: noLogNoTrouble,
  run: (facts, subject) => {
    const controller = controllerOf(facts);
    const lines = logLines(facts.controllerLogs, facts.takenAt).filter((line) => !line.previous);
    const failures = writeFailures(lines, facts.takenAt);
    const [first] = failures;
    if (controller === undefined || first === undefined) {
      return [];
    }
    const own = subject === undefined ? undefined : keyOfService(subject);
    const told = failures.find((each) => each.service === own) ?? first;
    const named = told.service;
    const stalled = named !== undefined && own !== undefined && named !== own;
    return [
      {
        cause: 'status-write-fails',
        severity: stalled ? 'warning' : 'error',
        about: named === undefined ? { kind: 'Cluster', name: 'cluster' } : serviceRef(named),
        affects: named === undefined || stalled ? everyoneOr(subject) : [serviceRef(named)],
        says: stalled
          ? `MetalLB cannot write the status of ${named}, and Services that are new since it started wait for that`
          : `MetalLB has an address, but cannot write it into the status: ${shortWords(told.line)}`,
        details: failures.map(
          ({ line, service }) => `${service ?? 'a Service'}: ${shortWords(line)}`,
        ),
        because: failures.slice(0, 3).map(({ line }) => seenLine(line)),
        suggests: remediesFor(controller.namespace, told.line),
      },
    ];
  },
});

function remediesFor(namespace: string, line: LogLine) {
  const webhook = /admission webhook "([^"]+)"/.exec(line.text.replaceAll('\\"', '"'))?.[1];
  return [
    webhook === undefined
      ? {
          says: 'mend what refuses the write; the error names it',
          command: `kubectl -n ${namespace} logs ${line.pod} --tail=50`,
          mutates: false,
        }
      : {
          says: `the admission webhook ${webhook} refuses it: let it pass services/status`,
          command: `kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations`,
          mutates: false,
        },
  ];
}
