import {
  alertsSchemaVersion,
  type AlertAnswer,
  type AlertsReport,
  type ToldAlert,
} from '../../facts/alerts.ts';
import type { AlertPlan } from './alert-plan.ts';
import { exitOfAll, resultOfAll } from '../clusters/worst.ts';

/** What the report is made of. */
export interface AlertParts {
  readonly plan: AlertPlan;
  readonly answers: readonly AlertAnswer[];
  readonly clusterLabel: string | undefined;
  readonly version: string;
  readonly warns: boolean;
}

/** The whole answer; an alert that fires and that nothing was looked at for is never all well. */
export function alertsReport(parts: AlertParts): AlertsReport {
  const { plan, answers, clusterLabel, version, warns } = parts;
  const found = resultOfAll(
    answers.map(({ report }) => report),
    { warnsBesides: false },
  );
  const isLost = plan.homeless.length > 0 || (answers.length === 0 && plan.unknown.length > 0);
  const isWell = found === 'healthy' || found === 'warnings';
  const result = isLost && isWell ? 'unknown' : found;
  return {
    schemaVersion: alertsSchemaVersion,
    tool: { name: 'triage', version },
    command: 'from-alert',
    result,
    exitCode: exitOfAll(result, { warns, isRecorded: true }),
    answers,
    unknown: plan.unknown,
    quiet: plan.quiet,
    notices: noticesOf(plan, clusterLabel),
  };
}

function noticesOf(
  { unknown, homeless }: AlertPlan,
  clusterLabel: string | undefined,
): readonly string[] {
  return [
    ...homeless.map(({ name, where }: ToldAlert) => {
      const place = where === '' ? '' : ` (${where})`;
      return `${name}${place} has no label ${clusterLabel ?? ''}: nobody says which cluster it is about`;
    }),
    ...(unknown.length === 0
      ? []
      : [
          'not known is no judgement: if one of them is about MetalLB, look at it whole with triage health',
        ]),
  ];
}
