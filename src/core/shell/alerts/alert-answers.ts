import { factsFor } from '../../../checks/facts-for.ts';
import { checksAbout } from '../../../checks/matters.ts';
import { wantedForPools } from '../../../checks/pools/pools-standing.ts';
import { nearNames } from '../../cluster/near-names.ts';
import { createGate } from '../../cluster/live/gate.ts';
import type { Check } from '../../diagnosis/check.ts';
import { shellWord } from '../../diagnosis/kubectl.ts';
import type { AlertAnswer } from '../../facts/alerts.ts';
import type { Diagnosis } from '../../facts/finding.ts';
import type { PoolsReport } from '../../facts/pools-report.ts';
import type { Wanted } from '../../facts/ports.ts';
import { itemsIfRead } from '../../facts/reading.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import { aimedCommand } from '../../report/aim.ts';
import { assembleReport } from '../../report/assemble.ts';
import { errorReportOf } from '../../report/failure-text.ts';
import { aimLike, aimOf } from '../aim.ts';
import { isAnswered, servicesToAsk } from './alert-doubts.ts';
import { toldAlert, type AlertGroup } from './alert-plan.ts';
import { diagnosed } from '../diagnosed.ts';
import { exitFor } from '../diagnosis-command.ts';
import { failureOf, type StoppedBy } from '../failure.ts';
import { poolsReport } from '../answers/pools.ts';
import { openWorld, type SourceFlags } from '../world.ts';

/** What the answers are made with. */
export interface AlertScene {
  readonly flags: SourceFlags;
  readonly version: string;
  readonly command: string;
  readonly warns: boolean;
  readonly stoppedBy: () => StoppedBy | undefined;
}

const clustersAtOnce = 4;

/** Looks once at each cluster that the alerts are about, and answers each group of alerts from that. */
export async function answersTo(
  groups: readonly AlertGroup[],
  scene: AlertScene,
  signal: AbortSignal,
): Promise<readonly AlertAnswer[]> {
  const byCluster = Map.groupBy(groups, ({ context }) => context);
  const gate = createGate(clustersAtOnce);
  const answers = await Promise.all(
    [...byCluster.values()].map((own) => gate(() => answersOfOne(own, scene, signal))),
  );
  return answers.flat();
}

async function answersOfOne(
  groups: readonly AlertGroup[],
  scene: AlertScene,
  signal: AbortSignal,
): Promise<readonly AlertAnswer[]> {
  const context = groups[0]?.context;
  const flags = context === undefined ? scene.flags : { ...scene.flags, context };
  const checks = checksAbout(groups.flatMap(({ lead }) => lead.matters));
  try {
    const world = await openWorld(flags, scene.version, signal);
    const snapshot = await world.gather(wantedFor(groups, checks), signal);
    return groups.map((group) => answerTo(group, snapshot, { ...scene, flags }));
  } catch (error) {
    return groups.map((group) => failureFor(group, error, { ...scene, flags }));
  }
}

function wantedFor(groups: readonly AlertGroup[], checks: readonly Check[]): Wanted {
  const wanted = factsFor('health', undefined, checks);
  const isAboutPools = groups.some(({ lead }) => lead.id === 'pool');
  return isAboutPools
    ? { ...wanted, facts: [...new Set([...wanted.facts, ...wantedForPools.facts])] }
    : wanted;
}

const poolsShown = 5;

/** Who holds the pools that the alerts name, told as `triage pools NAME` tells it. */
function standingsOf(
  { lead, pools }: AlertGroup,
  snapshot: Snapshot,
  { version, flags }: AlertScene,
): readonly PoolsReport[] {
  const there = itemsIfRead(snapshot.readings.ipAddressPools).map(({ metadata }) => metadata.name);
  const named = lead.id === 'pool' ? pools.filter((pool) => there.includes(pool)) : [];
  const aim = aimLike(snapshot.target) ?? aimOf(flags);
  return named
    .slice(0, poolsShown)
    .map((pool) => poolsReport({ snapshot, others: [] }, { pool, version }, aim));
}

function answerTo(group: AlertGroup, snapshot: Snapshot, scene: AlertScene): AlertAnswer {
  const aim = aimLike(snapshot.target) ?? aimOf(scene.flags);
  const whole = diagnosed(
    {
      symptom: 'health',
      snapshot,
      subject: undefined,
      checks: checksAbout(group.lead.matters),
      isNarrow: true,
    },
    { aim, isPart: true },
  );
  const { pools } = group;
  const isNamed = pools.length > 0 && whole.pools.some(({ name }) => pools.includes(name));
  const diagnosis: Diagnosis = isNamed
    ? { ...whole, pools: whole.pools.filter(({ name }) => pools.includes(name)) }
    : whole;
  const { version, command, stoppedBy, warns } = scene;
  const isSettled = isAnswered(group, diagnosis);
  const exitCode = exitFor(diagnosis, { 'exit-warn': warns }, stoppedBy());
  return {
    ...frameOf(group, scene),
    says: [
      ...group.refused,
      ...pools.flatMap((pool) => missingPool(pool, snapshot)),
      ...(isSettled ? [] : [group.lead.otherwise]),
      ...servicesToAsk(group, { snapshot, aim, isSettled }),
    ],
    report: assembleReport({ command, version, snapshot, diagnosis, exitCode }),
    pools: standingsOf(group, snapshot, scene),
  };
}

function frameOf(group: AlertGroup, { flags }: AlertScene) {
  const only = checksAbout(group.lead.matters)
    .map(({ id }) => id)
    .join(',');
  return {
    alerts: group.alerts.map(toldAlert),
    about: group.lead.about,
    command: aimedCommand(`triage health --only ${shellWord(only)}`, aimOf(flags)),
    context: group.context,
  };
}

/** An alert may be older than the pool's end, or come from another cluster. */
function missingPool(pool: string, { readings }: Snapshot): readonly string[] {
  if (readings.ipAddressPools.state !== 'read') {
    return [];
  }
  const names = itemsIfRead(readings.ipAddressPools).map(({ metadata }) => metadata.name);
  if (names.includes(pool)) {
    return [];
  }
  const near = nearNames(pool, names);
  const meant = near.length === 0 ? '' : `; near: ${near.join(', ')}`;
  return [`there is no pool ${pool} in this cluster now: is it the cluster of the alert?${meant}`];
}

function failureFor(group: AlertGroup, error: unknown, scene: AlertScene): AlertAnswer {
  const failure = failureOf(error, scene.stoppedBy());
  const aim = aimOf(scene.flags);
  const suggestions = failure.suggestions.map((each) => aimedCommand(each, aim));
  const { command, version } = scene;
  return {
    ...frameOf(group, scene),
    says: group.refused,
    report: errorReportOf({ ...failure, suggestions }, { command, version }),
    pools: [],
  };
}
