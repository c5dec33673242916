import type { MetalLBVersion } from '../../testbed/recipes.ts';
import { connectEtcd } from '../../testbed/etcd-store.ts';
import type { Lab } from '../../testbed/lab.ts';
import { eventually } from '../../testbed/waiting.ts';
import { yamlOf } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { tell, untilReacted, untilServed } from './reactions.ts';
import type { Stage } from './situation.ts';

/** Builds a stage with kubectl and waits until the real MetalLB has reacted to all of it. */
export async function setUp(lab: Lab, stage: Stage, version: MetalLBVersion): Promise<void> {
  await untilFree(lab, stage);
  await lab.apply(yamlOf(stage.objects));
  if (stage.holders.length > 0) {
    await lab.apply(yamlOf(stage.holders));
    await untilServed(lab, stage.holders.map(placeOf));
  }
  if (stage.troubled.length > 0) {
    await lab.apply(yamlOf(stage.troubled));
  }
  await writePast(lab, stage.pastTheServer ?? new Map());
  await tell(
    lab,
    stage.situations.flatMap(({ beforehand = [] }) => beforehand),
  );
  await Promise.all(stage.situations.map((each) => untilReacted(lab, each, version)));
  const afterwards = stage.situations.flatMap((situation) => situation.afterwards ?? []);
  if (afterwards.length > 0) {
    await untilNoNamespaceVanishes(lab);
    await tell(lab, afterwards);
  }
}

/** The end of a namespace makes v0.14.9 look at every waiting Service again, and then it waits no longer. */
async function untilNoNamespaceVanishes(lab: Lab): Promise<void> {
  await eventually('the namespaces of earlier stages to be gone', async () => {
    const { items } = await lab.controlPlane.api.list('/api/v1/namespaces');
    return items.every(({ metadata }) => metadata.deletionTimestamp === undefined)
      ? true
      : undefined;
  });
}

/** Removes the causes and waits until MetalLB serves those that could be mended, with their addresses. */
export async function mend(lab: Lab, stage: Stage): Promise<ReadonlyMap<string, string>> {
  const mended = stage.situations.filter((situation) => situation.mend !== undefined);
  await tell(
    lab,
    mended.flatMap((situation) => situation.mend ?? []),
  );
  return untilServed(
    lab,
    mended.map(({ subject }) => subject),
  );
}

/** Takes everything away again; namespaces vanish in their own time, so each stage has its own. */
export async function tearDown(lab: Lab, stage: Stage): Promise<void> {
  // Services before pools, else each one would be moved to whatever pool remains.
  const objects = [...stage.objects, ...stage.holders, ...stage.troubled].toReversed();
  const words = ['delete', '--ignore-not-found', '--wait=false', '-f', '-'];
  const { code, stderr } = await lab.kubectl(words, { input: yamlOf(objects) });
  if (code !== 0) {
    throw new Error(stderr.trim());
  }
}

/** Changes stored Services as an older API server, a restored backup or a foreign hand would have left them. */
async function writePast(
  { controlPlane }: Lab,
  changes: NonNullable<Stage['pastTheServer']>,
): Promise<void> {
  const etcd = connectEtcd(controlPlane.etcd);
  try {
    for (const [place, change] of changes) {
      const [entry] = await etcd.entriesUnder(`/registry/services/specs/${place}`);
      const stored = JSON.parse(entry?.value ?? '{}') as { spec: object };
      const spec = { ...stored.spec, ...change };
      await etcd.put([{ key: entry?.key ?? '', value: JSON.stringify({ ...stored, spec }) }]);
    }
  } finally {
    etcd.close();
  }
}

/** A namespace of an earlier use of the stage takes nothing while it vanishes. */
async function untilFree(lab: Lab, stage: Stage): Promise<void> {
  const namespaces = stage.objects.filter(({ kind }) => kind === 'Namespace');
  for (const { metadata } of namespaces) {
    await eventually(`namespace ${metadata.name} to be gone`, async () =>
      (await lab.controlPlane.api.get(`/api/v1/namespaces/${metadata.name}`)) === undefined
        ? true
        : undefined,
    );
  }
}

function placeOf({ metadata: { namespace = '', name } }: Manifest): string {
  return `${namespace}/${name}`;
}
