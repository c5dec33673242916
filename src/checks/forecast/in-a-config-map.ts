import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Forecast } from '../../core/facts/what-if.ts';
import type { Installation } from '../../core/facts/snapshot.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import { commandIn, type Place, placeOf, wordedIn } from '../answer/in-a-config-map.ts';

/**
 * Before v0.13 pools are made and changed in a ConfigMap (#1473), which no webhook looks at. Here a forecast that speaks
 * of objects is put as it is in such a cluster.
 */
export function forecastInConfigMap(
  forecast: Forecast,
  installation: Installation,
  { writes }: Pick<WhatIf, 'writes'>,
): Forecast {
  const place = placeOf(installation);
  if (place === undefined) {
    return forecast;
  }
  const says = (text: string): string => withoutWebhook(wordedIn(text, place));
  const poolChanges = forecast.poolChanges.map((each) => ({
    ...each,
    says: each.isAccepted ? 'MetalLB accepts it' : refused(each.messages),
  }));
  const created = writes.flatMap(({ write }) =>
    write.kind === 'pool' && write.step.before === undefined ? [write.step.name] : [],
  );
  return {
    ...forecast,
    headline: says(forecast.headline),
    hindrances: forecast.hindrances.map((each) => ({ ...each, says: says(each.says) })),
    pools: forecast.pools.map((pool) => ({ ...pool, says: says(pool.says) })),
    poolChanges,
    addedPool: poolChanges.find(({ name }) => name === forecast.addedPool?.name),
    notes: [
      ...forecast.notes.map(says),
      ...(forecast.commands.length === 0 ? [] : protocolNotes(created, forecast, place)),
    ],
    commands: opened(forecast.commands, place),
  };
}

function refused([message = '']: readonly string[]): string {
  return `MetalLB would refuse all pools: ${message}`;
}

function withoutWebhook(text: string): string {
  return text.replaceAll('the webhook refuses pool ', 'MetalLB refuses all pools for pool ');
}

function protocolNotes(
  created: readonly string[],
  { pools }: Forecast,
  { namespace, configMap }: Place,
): readonly string[] {
  return created.map((name) => {
    const by = pools.find((pool) => pool.name === name)?.advertisedBy?.[0];
    const protocol = by?.startsWith('bgp/') === true ? 'bgp' : 'layer2';
    return `every pool in ConfigMap ${namespace}/${configMap} has a protocol: ${name} needs layer2 or bgp there, and is told here with ${protocol}`;
  });
}

/** Changes of pools that follow one another are made in one go. */
function opened(commands: readonly string[], place: Place): readonly string[] {
  const { namespace, configMap } = place;
  const edit = kubectl`-n ${namespace} edit configmap ${configMap}`;
  return commands
    .map((command) =>
      isManifest(command) ? edit : commandIn(command, { ...place, isLook: false }),
    )
    .filter((command, index, all) => command !== edit || command !== all[index - 1]);
}

function isManifest(command: string): boolean {
  return /^echo .*metallb\.io\/v1beta1.* \| kubectl apply -f -$/.test(command);
}
