import { kubectl, shellWord } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Program } from './programs.ts';
import { podSecurityPolicy, type RefusedPods } from './refused-pods.ts';

/** What lets the pods be made that somebody refuses. */
export function permitRemedies({ refuser, program }: RefusedPods): readonly Remedy[] {
  switch (refuser.kind) {
    case 'pod-security':
      return [privilegedNamespace(program)];
    case 'scc':
      return [privilegedAccount(program)];
    case 'quota':
      return [roomInQuota(program)];
    case 'terminating':
      return [namespaceAnew(program)];
    case 'admission':
      return [exemption(program, refuser.by)];
  }
}

function privilegedNamespace({ namespace }: Program): Remedy {
  return {
    says: 'let the namespace run privileged pods: speakers need the host network and NET_RAW (write it where the namespace is declared, too)',
    command: kubectl`label namespace ${namespace} pod-security.kubernetes.io/enforce=privileged pod-security.kubernetes.io/audit=privileged pod-security.kubernetes.io/warn=privileged --overwrite`,
    mutates: true,
  };
}

function privilegedAccount({ namespace, workload, name }: Program): Remedy {
  const account = workload?.spec.template.serviceAccountName ?? name;
  return {
    says: 'give its ServiceAccount the privileged constraint, or install by the operator, which does so',
    command: `oc adm policy add-scc-to-user privileged -n ${shellWord(namespace)} -z ${shellWord(account)}`,
    mutates: true,
  };
}

function roomInQuota({ namespace }: Program): Remedy {
  return {
    says: 'raise the quota, free some of it, or take it off this namespace',
    command: kubectl`-n ${namespace} describe resourcequotas`,
    mutates: false,
  };
}

function namespaceAnew({ namespace }: Program): Remedy {
  return {
    says: 'see what holds the namespace; once it is gone, install MetalLB again (its pools went with it)',
    command: kubectl`get namespace ${namespace} -o yaml`,
    mutates: false,
  };
}

function exemption(program: Program, by: string): Remedy {
  const { namespace, workload, name } = program;
  if (by === podSecurityPolicy) {
    const account = workload?.spec.template.serviceAccountName ?? name;
    return {
      says: `let its ServiceAccount use a PodSecurityPolicy that allows what it needs; the manifests of MetalLB below v0.13.5 bring one`,
      command: kubectl`auth can-i --list --as=${`system:serviceaccount:${namespace}:${account}`} -n ${namespace}`,
      mutates: false,
    };
  }
  return {
    says: `let ${by} pass the pods of ${namespace}, or mend it where it does not answer`,
    command:
      'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations,validatingadmissionpolicies',
    mutates: false,
  };
}
