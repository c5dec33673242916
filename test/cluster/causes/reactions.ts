import type { MetalLBVersion } from '../../testbed/recipes.ts';
import type { KubernetesObject } from '../../testbed/kubernetes-object.ts';
import type { Lab } from '../../testbed/lab.ts';
import { eventually } from '../../testbed/waiting.ts';
import type { Situation } from './situation.ts';

/** Runs kubectl with each of these words; one that fails stops the test in kubectl's own words. */
export async function tell(lab: Lab, steps: readonly (readonly string[])[]): Promise<void> {
  for (const step of steps) {
    const { code, stderr } = await lab.kubectl(step);
    if (code !== 0) {
      throw new Error(`kubectl ${step.join(' ')}: ${stderr.trim()}`);
    }
  }
}

/** Waits until MetalLB said what it has to say about a Service, or, if nothing, until it looked at it. */
export async function untilReacted(
  lab: Lab,
  situation: Situation,
  version: MetalLBVersion,
): Promise<void> {
  const { subject, event } = situation;
  const message = typeof event === 'object' ? event[version] : event;
  if (message === undefined) {
    await untilLogged(lab, `"start reconcile":"${subject}"`);
    return;
  }
  await eventually(`the event «${message}»`, async () => {
    const seen = await messagesFor(lab, subject);
    if (!seen.includes(message)) {
      throw new Error(`seen: ${seen.join(' | ')}`);
    }
    return true;
  });
}

/** Waits until the controller's log holds a text. */
export async function untilLogged(lab: Lab, text: string): Promise<void> {
  await eventually(`the controller to log ${text}`, async () =>
    (await lab.logOf('controller')).includes(text) ? true : undefined,
  );
}

/** Waits until every Service has an address, and gives the addresses by `namespace/name`. */
export async function untilServed(
  lab: Lab,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const served = await Promise.all(
    subjects.map((subject) =>
      eventually(`an address of ${subject}`, async (): Promise<[string, string] | undefined> => {
        const address = addressOf(await lab.controlPlane.api.get(servicePath(subject)));
        if (address === undefined) {
          throw new Error(`seen: ${(await messagesFor(lab, subject)).join(' | ')}`);
        }
        return [subject, address];
      }),
    ),
  );
  return new Map(served);
}

/** Events of MetalLB about a Service. */
async function messagesFor(lab: Lab, subject: string): Promise<string[]> {
  const [namespace = '', name] = subject.split('/');
  const { items } = await lab.controlPlane.api.list(`/api/v1/namespaces/${namespace}/events`);
  return items
    .filter((event) => (event['involvedObject'] as { name?: string }).name === name)
    .map((event) => String(event['message']));
}

function servicePath(subject: string): string {
  const [namespace, name] = subject.split('/');
  return `/api/v1/namespaces/${namespace}/services/${name}`;
}

function addressOf(service: KubernetesObject | undefined): string | undefined {
  const status = service?.['status'] as
    | { loadBalancer?: { ingress?: readonly { ip?: string }[] } }
    | undefined;
  return status?.loadBalancer?.ingress?.[0]?.ip;
}
