import type { ControlPlane } from './control-plane.ts';
import { eventually } from './waiting.ts';

/** One verb on one resource, everywhere or in one namespace. */
export interface Right {
  readonly group: string;
  /** With its subresource, as `pods/log`. */
  readonly resource: string;
  readonly verb: string;
  /** Undefined for the whole cluster. */
  readonly namespace: string | undefined;
  /** The one object it is for; undefined for all. */
  readonly name: string | undefined;
}

/** A person with a client certificate, whose rights can be changed. */
export interface User {
  readonly name: string;
  readonly kubeconfig: string;
  /** Takes all rights away and gives these; returns when the API server acts on it. */
  readonly grant: (rights: readonly Right[]) => Promise<void>;
}

const RBAC = 'rbac.authorization.k8s.io/v1';

/** Makes a user without any right but what every authenticated user has. */
export async function makeUser(controlPlane: ControlPlane, name: string): Promise<User> {
  const kubeconfig = await controlPlane.clientCertificate(name);
  let granted: readonly Right[] = [];
  let times = 0;
  return {
    name,
    kubeconfig,
    grant: async (rights) => {
      const lost = granted.filter((right) => !rights.some((kept) => covers(kept, right)));
      granted = rights;
      times += 1;
      const marks = await replaceRoles(controlPlane, { user: name, times }, rights);
      await untilDecided(controlPlane, name, { granted: [...marks, ...rights], lost });
    },
  };
}

/** Waits until the API server acts on roles that give a user these rights. */
export async function untilGranted(
  controlPlane: ControlPlane,
  name: string,
  rights: readonly Right[],
): Promise<void> {
  await untilDecided(controlPlane, name, { granted: rights, lost: [] });
}

/** What the built-in role `view` gives, which needs a controller to be filled and so is spelt out by the bootstrap. */
export async function rightsOfView(controlPlane: ControlPlane): Promise<Right[]> {
  const role = await controlPlane.api.get(`/apis/${RBAC}/clusterroles/system:aggregate-to-view`);
  return rightsIn([{ kind: 'ClusterRole', rules: role?.['rules'], metadata: { name: '' } }]);
}

/** A Role or ClusterRole, as far as rights are concerned. */
export interface RoleDocument {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly rules?: unknown;
}

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** Every single right that roles give; other kinds of documents are passed over. */
export function rightsIn(documents: readonly RoleDocument[]): Right[] {
  return documents
    .filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole')
    .flatMap(({ kind, metadata, rules }) => {
      const namespace = kind === 'Role' ? (metadata?.namespace ?? 'default') : undefined;
      return ((rules ?? []) as readonly Rule[]).flatMap((rule) => rightsOf(rule, namespace));
    });
}

/** `list pods in metallb-system`, for names of tests. */
export function describeRight({ group, resource, verb, namespace, name }: Right): string {
  const what = group === '' ? resource : `${resource}.${group}`;
  const which = name === undefined ? '' : ` ${name}`;
  return `${verb} ${what}${which}${namespace === undefined ? '' : ` in ${namespace}`}`;
}

function rightsOf(rule: Rule, namespace: string | undefined): Right[] {
  const { apiGroups = [], resources = [], resourceNames = [undefined], verbs } = rule;
  return apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      verbs.flatMap((verb) =>
        resourceNames.map((name) => ({ group, resource, verb, namespace, name })),
      ),
    ),
  );
}

/** True when whoever holds the first right may do all that the second allows. */
function covers(wide: Right, narrow: Right): boolean {
  return (
    wide.group === narrow.group &&
    wide.resource === narrow.resource &&
    wide.verb === narrow.verb &&
    (wide.namespace === undefined || wide.namespace === narrow.namespace) &&
    (wide.name === undefined || wide.name === narrow.name)
  );
}

interface Grant {
  readonly user: string;
  /** Each grant has roles of its own, so that one that is not gone yet is not taken for the next. */
  readonly times: number;
}

/** Gives rights of no use that these roles alone contain: who has them has all that is granted with them. */
async function replaceRoles(
  { api }: ControlPlane,
  grant: Grant,
  rights: readonly Right[],
): Promise<readonly Right[]> {
  const namespaces = new Set(rights.map(({ namespace }) => namespace));
  const name = `${rolesOf(grant.user)}${grant.times}`;
  const mark = { group: 'testbed', resource: name, verb: 'get', name: undefined };
  const marks = [...namespaces].map((namespace): Right => ({ ...mark, namespace }));
  await removeRoles({ api }, grant.user);
  for (const namespace of namespaces) {
    const prefix = namespace === undefined ? 'Cluster' : '';
    const folder = namespace === undefined ? '' : `/namespaces/${namespace}`;
    const path = `/apis/${RBAC}${folder}/${prefix.toLowerCase()}`;
    const metadata = { name };
    const rules = [...marks, ...rights].filter((right) => right.namespace === namespace);
    await api.create(`${path}roles`, { metadata, rules: rules.map(ruleOf) });
    await api.create(`${path}rolebindings`, {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: `${prefix}Role`, name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: grant.user }],
    });
  }
  return marks;
}

async function removeRoles({ api }: Pick<ControlPlane, 'api'>, user: string): Promise<void> {
  const isOwn = (name: string): boolean =>
    name.startsWith(rolesOf(user)) && /^\d+$/.test(name.slice(rolesOf(user).length));
  for (const resource of ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles']) {
    const { items } = await api.list(`/apis/${RBAC}/${resource}`);
    for (const { metadata } of items.filter((item) => isOwn(item.metadata.name))) {
      const { namespace, name } = metadata;
      const folder = namespace === undefined ? '' : `/namespaces/${namespace}`;
      await api.remove(`/apis/${RBAC}${folder}/${resource}/${name}`);
    }
  }
}

/** Followed by the number of the grant. */
function rolesOf(user: string): string {
  return `testbed-user-${user}-`;
}

function ruleOf({ group, resource, verb, name }: Right): Rule {
  const names = name === undefined ? {} : { resourceNames: [name] };
  return { apiGroups: [group], resources: [resource], verbs: [verb], ...names };
}

/** The authorizer follows changes with a short delay. */
async function untilDecided(
  controlPlane: ControlPlane,
  user: string,
  { granted, lost }: { readonly granted: readonly Right[]; readonly lost: readonly Right[] },
): Promise<void> {
  const questions = [
    ...granted.map((right) => ({ right, wanted: true })),
    ...lost.map((right) => ({ right, wanted: false })),
  ];
  await eventually(
    `the rights of ${user}`,
    async () => {
      for (const { right, wanted } of questions) {
        if ((await mayDo(controlPlane, user, right)) !== wanted) {
          throw new Error(`${describeRight(right)} is not ${wanted ? 'granted' : 'lost'}`);
        }
      }
      return true;
    },
    { everyMs: 20 },
  );
}

async function mayDo({ api }: ControlPlane, user: string, right: Right): Promise<boolean> {
  const [resource, subresource] = right.resource.split('/');
  const { group, verb, namespace, name } = right;
  const review = await api.create('/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    spec: { user, resourceAttributes: { group, resource, subresource, verb, namespace, name } },
  });
  return (review['status'] as { allowed: boolean }).allowed;
}
