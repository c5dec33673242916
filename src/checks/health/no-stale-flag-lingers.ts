import { defineCheck } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { agoText } from '../models/ages.ts';
import {
  configurationOf,
  namespacesIfSelected,
  noPoolsToJudge,
} from '../models/configuration/configuration.ts';
import { isConfigurationComplaint, logLines, type LogLine } from '../models/testimony/log-lines.ts';
import { seenLine, workedOut } from '../models/seen.ts';

type FlagFacts = Facts<
  'ipAddressPools',
  'namespaces' | 'communities' | 'controllerLogs' | 'configurationStates'
>;

/** A configuration that is changed back to the loaded one is "unchanged", so the stale flag is never taken down. */
export const noStaleFlagLingers = defineCheck({
  id: 'MLB-H17',
  asks: 'Was the last complaint about the configuration followed by a reload?',
  symptoms: ['health'],
  causes: ['stale-flag-lingers'],
  needs: ['ipAddressPools'],
  helps: ['namespaces', 'communities', 'controllerLogs', 'configurationStates'],
  basis: 'inferred',
  alsoNeeds: namespacesIfSelected,
  skipWhen: noPoolsToJudge,
  run: (facts) => {
    const complaint = openComplaint(facts);
    if (
      complaint === undefined ||
      configurationOf(facts)?.state !== 'accepted' ||
      saysInvalid(facts)
    ) {
      return [];
    }
    const home = facts.installation?.namespace ?? 'metallb-system';
    const about = { kind: 'Pod', namespace: home, name: complaint.pod };
    return [
      {
        cause: 'stale-flag-lingers',
        severity: 'info' as const,
        about,
        affects: [],
        says: `the controller refused its configuration${agoText(complaint.at, facts.takenAt)} and never says that it took it again, though it is valid now; an alert on the stale flag is false`,
        details: [
          `it said then: ${complaint.words}`,
          'a fault that is undone leaves the configuration as it was loaded before, so there is nothing to load and metallb_k8s_client_config_stale_bool stays 1 (#2245)',
        ],
        because: [
          seenLine(complaint),
          workedOut(about, 'metallb/internal/config', 'the pools as they are now can be loaded'),
        ],
        doubts: ['the controller has not looked at the mended pools yet'],
        suggests: [
          {
            says: 'see which flag is up; a restart of that pod takes it down, and so does any real change of a pool',
            command: kubectl`-n ${home} logs ${complaint.pod} --tail=50`,
            mutates: false,
          },
        ],
      },
    ];
  },
});

/** The newest refusal, unless something was loaded after it. */
function openComplaint(facts: FlagFacts): LogLine | undefined {
  const lines = logLines(facts.controllerLogs, facts.takenAt).filter(({ previous }) => !previous);
  const last = lines.findLast(
    (line) => isConfigurationComplaint(line) || line.values.get('event') === 'config reloaded',
  );
  return last !== undefined && isConfigurationComplaint(last) ? last : undefined;
}

function saysInvalid({ configurationStates }: FlagFacts): boolean {
  return itemsIfRead(configurationStates).some(({ status }) => status.result === 'Invalid');
}
