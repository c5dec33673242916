import { metallbRelease } from '../../testbed/build.ts';
import type { Lab } from '../../testbed/lab.ts';
import { untilJoined } from '../../testbed/memberlist.ts';
import { applyMetalLB, untilMetalLBWorks } from '../../testbed/metallb-install.ts';
import type { MetalLBVersion } from '../../testbed/recipes.ts';
import { eventually } from '../../testbed/waiting.ts';
import { rollouts } from './fault.ts';
import type { Fault } from './fault.ts';
import { loadBalancer, readyEndpoint, yamlOf } from './manifest.ts';
import { tell, untilLogged, untilServed } from './reactions.ts';

/** Breaks MetalLB, makes the Service, and waits until the cluster shows both. */
export async function breakIt(lab: Lab, fault: Fault, subject: string): Promise<void> {
  await tell(lab, fault.breaks);
  const objects = [...(fault.objects ?? []), ...(fault.besides ?? [])];
  if (objects.length > 0) {
    await lab.apply(yamlOf(objects));
  }
  await eventually(fault.name, async () => {
    const { stdout, stderr } = await lab.kubectl(fault.until.asked);
    if (!fault.until.shows.test(`${stdout}${stderr}`)) {
      throw new Error(`${stdout}${stderr}`);
    }
    return true;
  });
  const [node] = lab.nodes;
  await lab.apply(
    yamlOf([loadBalancer(subject, fault.service), readyEndpoint(subject, node?.name ?? '')]),
  );
  await tell(lab, fault.afterwards ?? []);
  if (fault.logs !== undefined) {
    await untilLogged(lab, fault.logs);
  }
  if (!fault.strikes) {
    await untilServed(lab, [subject]);
  }
}

/** Mends MetalLB and waits until it works again and the Service has its address. */
export async function mendIt(
  lab: Lab,
  fault: Fault,
  { subject, version }: { readonly subject: string; readonly version: MetalLBVersion },
): Promise<void> {
  if (fault.objects !== undefined) {
    const { stderr, code } = await lab.kubectl(['delete', '-f', '-'], {
      input: yamlOf(fault.objects),
    });
    if (code !== 0) {
      throw new Error(stderr.trim());
    }
  }
  if (fault.restores === true) {
    await applyMetalLB(lab.controlPlane, await metallbRelease(version));
  }
  await tell(lab, fault.mends);
  // A roll-out that has hardly begun still shows the old pods.
  await tell(lab, rollouts);
  await untilMetalLBWorks(lab.controlPlane, lab.nodes.length);
  await untilJoined(lab);
  await untilServed(lab, [subject]);
}
