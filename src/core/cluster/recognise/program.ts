import type { Container, Pod, PodTemplate } from '../../facts/kube-objects.ts';
import { parseImage } from './image.ts';

/** The two programs MetalLB consists of. */
export type Role = 'controller' | 'speaker';

/** One of MetalLB's two programs, found in a pod or in the template of a workload. */
export interface Program {
  readonly role: Role;
  readonly container: Container;
  /** `image quay.io/metallb/controller:v0.15.3`, `labels app=metallb, component=controller`. */
  readonly knownBy: string;
}

const roles: readonly Role[] = ['controller', 'speaker'];

/** MetalLB's program that these containers run, if any. */
export function programIn(template: PodTemplate): Program | undefined {
  for (const container of template.containers) {
    const program = byImage(container) ?? byLabels(container, template);
    if (program !== undefined && !servesOnlyWebhooks(container)) {
      return program;
    }
  }
  return undefined;
}

/** MetalLB's program that this pod runs, if any. */
export function programOf(pod: Pod): Program | undefined {
  return programIn(pod.spec);
}

/** The operator runs the controller's image a second time, only to answer admission requests. */
function servesOnlyWebhooks(container: Container): boolean {
  return [...container.command, ...container.args].some((argument) =>
    /^--?webhook-mode=onlywebhook$/.test(argument),
  );
}

function byImage(container: Container): Program | undefined {
  const { path, name } = parseImage(container.image);
  if (!path.includes('metallb') || /operator|frr/.test(name)) {
    return undefined;
  }
  const named = roles.find((role) => name === role || new RegExp(`[-_]${role}$`).test(name));
  const role = named ?? roleOfCommand(container);
  return role && { role, container, knownBy: `image ${container.image}` };
}

/** Packagers that put both programs into one image tell them apart by the command. */
function roleOfCommand(container: Container): Role | undefined {
  const words = [container.command[0], container.args[0], container.name];
  return roles.find((role) => words.some((word) => word === role || word?.endsWith(`/${role}`)));
}

function byLabels(container: Container, template: PodTemplate): Program | undefined {
  const labels = new Map(Object.entries(template.labels));
  const nameLabel = ['app.kubernetes.io/name', 'app'].find((key) =>
    (labels.get(key) ?? '').includes('metallb'),
  );
  const componentLabel = ['app.kubernetes.io/component', 'component'].find((key) =>
    roles.some((role) => labels.get(key) === role),
  );
  const role = roles.find((name) => name === labels.get(componentLabel ?? ''));
  if (nameLabel === undefined || role === undefined || !isMain(container, role, template)) {
    return undefined;
  }
  const knownBy = `labels ${nameLabel}=${labels.get(nameLabel)}, ${componentLabel}=${role}`;
  return { role, container, knownBy };
}

function isMain(container: Container, role: Role, template: PodTemplate): boolean {
  const name = parseImage(container.image).name;
  return template.containers.length === 1 || container.name.endsWith(role) || name.endsWith(role);
}
