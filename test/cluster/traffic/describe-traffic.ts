import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MetalLBVersion } from '../../testbed/recipes.ts';
import { eventually } from '../../testbed/waiting.ts';
import { askAbout } from './ask-about.ts';
import { applied } from './deeds.ts';
import { BGP_ADDRESS, ground, LAYER2_ADDRESS, routed, web } from './ground.ts';
import { untilJoined } from '../../testbed/memberlist.ts';
import { madeCauses } from './made-causes.ts';
import { isTriedOn, perform } from './made-cause.ts';
import type { MadeCause } from './made-cause.ts';
import { answeringNode, startScene, untilAnnounced, untilReached } from './scene.ts';
import type { Scene } from './scene.ts';

/** Sends real traffic through this release, then stops it in every way that is known. */
export function describeTraffic(version: MetalLBVersion): void {
  describe(`traffic through the real MetalLB ${version}`, () => {
    let scene: Scene;
    beforeAll(async () => {
      scene = await startScene(version);
    });
    afterAll(() => scene?.lab.stop());
    testHealthyPaths(() => scene);
    const own = madeCauses.filter((made) => isTriedOn(version, made));
    describe.each(own)('when $name', (made) => testMadeCause(() => scene, made));
  });
}

function testHealthyPaths(scene: () => Scene): void {
  test('a client on the segment is served, and seen as itself under Local alone', async () => {
    await eventually('a node to answer', () => answeringNode(scene()));
    const reply = await untilReached(scene(), 'layer2');
    expect(reply.client).not.toBe(scene().client.address);
    await applied(web({ externalTrafficPolicy: 'Local' }))(scene());
    await eventually('the client to be seen', async () => {
      const { client, node } = await untilReached(scene(), 'layer2');
      return client === scene().client.address && node === (await answeringNode(scene()))
        ? true
        : undefined;
    });
    await applied(web())(scene());
  });

  test('a client behind the router is served by every node, and under Local by those with a backend', async () => {
    const { router } = scene();
    await untilRoutedByAll(scene());
    expect(await router.established()).toEqual(['node1', 'node2', 'node3']);
    await applied(routed({ externalTrafficPolicy: 'Local' }))(scene());
    await eventually('the route by node3 to be gone', async () =>
      (await router.routesTo(BGP_ADDRESS)).join(' ') === 'node1 node2' ? true : undefined,
    );
    await eventually('the client to be seen', async () => {
      const { client } = await untilReached(scene(), 'bgp');
      return client === router.outside.address ? true : undefined;
    });
    await applied(routed())(scene());
  });

  test.each([
    ['shop/web', LAYER2_ADDRESS],
    ['shop/routed', BGP_ADDRESS],
  ])('nothing is found wrong with %s', async (subject, address) => {
    await untilWell(scene());
    const answer = await askAbout(scene(), {
      subject,
      probes: undefined,
      file: `well-${address}.json`,
    });
    expect(answer, answer.text).toMatchObject({ code: 0, causes: [], broken: [undefined] });
    expect(answer.text).toContain(address);
  });

  test('nothing is found wrong on the wire either', async () => {
    const file = 'well-on-the-wire.json';
    await untilWell(scene());
    const answer = await askAbout(scene(), { subject: 'shop/web', probes: true, file });
    expect(answer, answer.text).toMatchObject({ code: 0, causes: [], broken: [undefined] });
  });
}

/** Waits until the cluster is at rest after what was tried before. */
async function untilWell(scene: Scene): Promise<void> {
  await untilJoined(scene.lab);
  await untilAnnounced(scene);
  await untilRoutedByAll(scene);
}

async function untilRoutedByAll({ router }: Scene): Promise<void> {
  await eventually('routes by all nodes', async () =>
    (await router.routesTo(BGP_ADDRESS)).join(' ') === 'node1 node2 node3' ? true : undefined,
  );
}

/** Deeds wait one after the other, each up to a minute where the machine is busy. */
const patienceMs = 600_000;

function testMadeCause(scene: () => Scene, made: MadeCause): void {
  const { subject = 'shop/web', probes, cause, link, code = 1 } = made;
  const way = made.way ?? 'layer2';
  const file = `${made.name.replaceAll(/[^a-z0-9]+/gi, '-')}.json`;
  afterAll(async () => {
    await perform(scene(), [...(made.undone ?? []), applied(...ground)]);
    await untilReached(scene(), way);
  }, patienceMs);

  test(`${subject}: ${cause ?? 'nothing is wrong with it'}`, { timeout: patienceMs }, async () => {
    // Made here, not beforehand: a cause that cannot be made is a failure, not a test left out.
    const begunAt = new Date().toISOString();
    await perform({ ...scene(), begunAt }, [...made.made, ...made.shown]);
    const answer = await askAbout(scene(), { subject, probes, file });
    expect(
      {
        code: code === 'either' ? code : answer.code,
        top: answer.causes[0],
        broken: answer.broken[0],
      },
      answer.text,
    ).toEqual({ code, top: cause, broken: link });
    made.says.forEach((fragment) => expect(answer.text).toContain(fragment));
  });
}
