import { leadOf, type AlertLead } from '../../../checks/alerts.ts';
import type { Alert, ToldAlert } from '../../facts/alerts.ts';

/** Alerts that ask for the same look at the same cluster. */
export interface AlertGroup {
  readonly lead: AlertLead;
  /** The context that a label names; undefined for the cluster that the flags chose. */
  readonly context: string | undefined;
  readonly alerts: readonly Alert[];
  /** Pools that the labels name; names only, whatever else stood there is in `refused`. */
  readonly pools: readonly string[];
  /** Services that the labels name, as `namespace/name`. */
  readonly services: readonly string[];
  /** Labels that could not be used, and why. */
  readonly refused: readonly string[];
}

/** What to do about a list of alerts. */
export interface AlertPlan {
  readonly groups: readonly AlertGroup[];
  readonly unknown: readonly ToldAlert[];
  readonly quiet: readonly ToldAlert[];
  /** Firing and known, but nobody says which cluster they are about. */
  readonly homeless: readonly ToldAlert[];
}

/** Sorts alerts by what they ask for; `clusterLabel` is the label that names the context. */
export function planFor(alerts: readonly Alert[], clusterLabel: string | undefined): AlertPlan {
  const firing = alerts.filter(({ state }) => state === 'firing' || state === 'silenced');
  const known = firing.flatMap((alert) => {
    const lead = leadOf(alert.name);
    return lead === undefined ? [] : [{ alert, lead }];
  });
  const housed = known.filter(({ alert }) => hasHome(alert, clusterLabel));
  const groups = Map.groupBy(housed, ({ alert, lead }) =>
    [lead.id, contextOf(alert, clusterLabel) ?? ''].join('\n'),
  );
  return {
    groups: [...groups.values()].flatMap((members) => {
      const [first] = members;
      return first === undefined
        ? []
        : [
            groupOf(
              first.lead,
              members.map(({ alert }) => alert),
              clusterLabel,
            ),
          ];
    }),
    unknown: firing.filter(({ name }) => leadOf(name) === undefined).map(toldAlert),
    quiet: alerts.filter((alert) => !firing.includes(alert)).map(toldAlert),
    homeless: known
      .filter(({ alert }) => !hasHome(alert, clusterLabel))
      .map(({ alert }) => toldAlert(alert)),
  };
}

function hasHome(alert: Alert, clusterLabel: string | undefined): boolean {
  return clusterLabel === undefined || contextOf(alert, clusterLabel) !== undefined;
}

function contextOf({ labels }: Alert, clusterLabel: string | undefined): string | undefined {
  return clusterLabel === undefined ? undefined : labels.get(clusterLabel) || undefined;
}

const objectName = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

function groupOf(
  lead: AlertLead,
  alerts: readonly Alert[],
  clusterLabel: string | undefined,
): AlertGroup {
  const named = [...new Set(alerts.flatMap(({ labels }) => labels.get('pool') ?? []))].toSorted();
  const [first] = alerts;
  return {
    lead,
    context: first === undefined ? undefined : contextOf(first, clusterLabel),
    alerts,
    pools: named.filter((name) => objectName.test(name)),
    services: servicesNamed(alerts),
    refused: named
      .filter((name) => !objectName.test(name))
      .map((name) => `label pool is no name of a pool: ${name.slice(0, 80)}`),
  };
}

const serviceKey = /^[a-z0-9](?:[-a-z0-9]{0,62})\/[a-z0-9](?:[-a-z0-9]{0,62})$/;

/** MetalLB's own metrics name them so; Prometheus renames the label where the scraped Service has it already. */
function servicesNamed(alerts: readonly Alert[]): readonly string[] {
  const named = alerts.flatMap(({ labels }) =>
    ['service', 'exported_service'].flatMap((label) => labels.get(label) ?? []),
  );
  return [...new Set(named.filter((name) => serviceKey.test(name)))].toSorted();
}

/** Labels that say where; all others say what the rule is like. */
const telling = [
  'pool',
  'peer',
  'service',
  'ip',
  'node',
  'pod',
  'instance',
  'namespace',
  'cluster',
];

/** An alert in the words of its own labels. */
export function toldAlert({ name, state, since, labels }: Alert): ToldAlert {
  const where = telling.flatMap((key) => {
    const value = labels.get(key);
    return value === undefined ? [] : [`${key}=${value}`];
  });
  return { name, state, since, where: where.join(', ') };
}
