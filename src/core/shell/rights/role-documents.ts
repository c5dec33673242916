import { UsageError } from '../../facts/errors.ts';
import type { Right, RightScope } from './rights.ts';

/** Who gets the rights. */
export interface RoleSubject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: string;
  readonly namespace?: string;
}

/** What the roles are made for. */
export interface RoleRequest {
  readonly rights: readonly Right[];
  readonly name: string;
  readonly metallbNamespace: string;
  readonly subjects: readonly RoleSubject[];
  /** Also to watch what may be listed. */
  readonly watches?: boolean;
  /** Also to run the short-lived Pod of `--from-node`: the one thing that triage ever makes. */
  readonly probes?: boolean;
}

const rbac = 'rbac.authorization.k8s.io';

/** Kubernetes objects that grant exactly these rights: a ClusterRole, a Role per namespace, and their bindings. */
export function roleDocuments(request: RoleRequest): readonly object[] {
  return placesOf(request).flatMap(({ scope, namespace }) => {
    const rights = request.rights.filter((right) => right.scope === scope);
    const extra = request.probes === true && scope === 'metallb' ? probeRules : [];
    const watches = request.watches === true;
    const all = [...rules(rights, { watches }), ...extra];
    const role = { namespace, name: request.name };
    return all.length === 0 ? [] : [roleOf(role, all), ...bindingsOf(role, request.subjects)];
  });
}

const probeRules: readonly object[] = [
  { apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'delete'] },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
];

interface Place {
  readonly scope: RightScope;
  readonly namespace: string | undefined;
}

function placesOf({ metallbNamespace }: RoleRequest): readonly Place[] {
  return [
    { scope: 'cluster', namespace: undefined },
    { scope: 'metallb', namespace: metallbNamespace },
    { scope: 'kube-proxy', namespace: 'kube-system' },
  ];
}

interface RoleName {
  readonly namespace: string | undefined;
  readonly name: string;
}

function metadataOf({ name, namespace }: RoleName): object {
  return namespace === undefined ? { name } : { name, namespace };
}

function roleOf(role: RoleName, rulesOfRole: readonly object[]): object {
  return {
    apiVersion: `${rbac}/v1`,
    kind: role.namespace === undefined ? 'ClusterRole' : 'Role',
    metadata: metadataOf(role),
    rules: rulesOfRole,
  };
}

function rules(
  rights: readonly Right[],
  { watches }: { readonly watches: boolean },
): readonly object[] {
  const byRule = Map.groupBy(rights, ({ group, verb, scope }) => `${verb} ${group} ${scope}`);
  return [...byRule.values()].map((same) => ({
    apiGroups: [same[0]?.group ?? ''],
    resources: same.map(({ resource }) => resource),
    ...(same[0]?.scope === 'kube-proxy' ? { resourceNames: ['kube-proxy'] } : {}),
    verbs: same[0]?.verb === 'get' ? ['get'] : ['list', ...(watches ? ['watch'] : [])],
  }));
}

function bindingsOf(role: RoleName, subjects: readonly RoleSubject[]): readonly object[] {
  if (subjects.length === 0) {
    return [];
  }
  const kind = role.namespace === undefined ? 'ClusterRole' : 'Role';
  return [
    {
      apiVersion: `${rbac}/v1`,
      kind: `${kind}Binding`,
      metadata: metadataOf(role),
      roleRef: { apiGroup: rbac, kind, name: role.name },
      subjects: subjects.map((subject) => ({
        ...(subject.kind === 'ServiceAccount' ? {} : { apiGroup: rbac }),
        ...subject,
      })),
    },
  ];
}

/** A service account as `kubectl --as` and RBAC tools write it: `namespace:name`. */
export function serviceAccountOf(text: string): RoleSubject {
  const [namespace = '', name = '', ...rest] = text.split(':');
  if (namespace === '' || name === '' || rest.length > 0) {
    throw new UsageError(`--serviceaccount ${text} is not written as namespace:name`);
  }
  return { kind: 'ServiceAccount', namespace, name };
}

/** A name that the API server takes for a Role; RBAC names are path segments and nothing more. */
export function roleName(text: string): string {
  if (!/^[a-z0-9](?:[-a-z0-9.:]*[a-z0-9])?$/.test(text)) {
    throw new UsageError(`--name "${text}" is no name for a role: small letters, digits, - . :`);
  }
  return text;
}

/** Everybody who is named on the command line. */
export function subjectsOf(named: {
  readonly user?: readonly string[] | undefined;
  readonly group?: readonly string[] | undefined;
  readonly serviceaccount?: readonly string[] | undefined;
}): readonly RoleSubject[] {
  const { user = [], group = [], serviceaccount = [] } = named;
  return [
    ...user.map((name) => namedSubject('User', name)),
    ...group.map((name) => namedSubject('Group', name)),
    ...serviceaccount.map(serviceAccountOf),
  ];
}

/** An empty name would bind the roles to nobody. */
function namedSubject(kind: 'User' | 'Group', name: string): RoleSubject {
  if (name.trim() === '') {
    throw new UsageError(`--${kind.toLowerCase()} has no name`);
  }
  return { kind, name };
}
