import { defineCheck } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { ManagedFields, WebhookConfiguration } from '../../core/facts/kube-objects.ts';
import { ageMs, agoText } from '../models/ages.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

const gitOps =
  /argocd|argo-cd|kustomize-controller|helm-controller|^flux|fleet|rancher|kapp|config-sync/i;
const currentMs = 3_600_000;

/** The controller writes the CA into the webhook configuration; GitOps sees that as drift (#1681, #2571). */
export const webhookHasOneWriter = defineCheck({
  id: 'MLB-I27',
  asks: 'Does GitOps leave the webhook configuration to the controller?',
  symptoms: ['health'],
  causes: ['webhook-certificate-contested'],
  needs: ['validatingWebhooks'],
  helps: [],
  basis: 'inferred',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: ({ validatingWebhooks, takenAt }) =>
    validatingWebhooks.filter(isMetalLBs).flatMap((configuration) => {
      const { managedFields } = configuration.metadata;
      const own = managedFields.find(({ manager }) => /^metallb$/i.test(manager));
      const rival = managedFields.find(({ manager }) => gitOps.test(manager));
      if (own === undefined || rival === undefined || !isFight(own, rival, takenAt)) {
        return [];
      }
      const about = refOf(configuration);
      return [
        {
          cause: 'webhook-certificate-contested',
          severity: 'info' as const,
          about,
          affects: [],
          says: `${rival.manager} and the controller both keep writing ${configuration.metadata.name}: GitOps takes the CA for drift`,
          details: [own, rival].map(
            ({ manager, time }) => `${manager} wrote it${agoText(time, takenAt)}`,
          ),
          because: [own, rival].map(({ manager, time }) =>
            seenField(about, `metadata.managedFields[${manager}].time`, time ?? 'unknown'),
          ),
          suggests: [
            {
              says: 'let GitOps ignore webhooks[].clientConfig.caBundle here, and spec.conversion.webhook.clientConfig.caBundle of the CRD bgppeers.metallb.io',
              command: kubectl`get validatingwebhookconfiguration ${configuration.metadata.name} -o yaml --show-managed-fields`,
              mutates: false,
            },
          ],
        },
      ];
    }),
});

function isMetalLBs({ webhooks }: WebhookConfiguration): boolean {
  return webhooks.some(
    ({ rules, hasCaBundle }) =>
      hasCaBundle && rules.some(({ apiGroups }) => apiGroups.includes('metallb.io')),
  );
}

/** Two that wrote it long ago live in peace; GitOps alone wrote it when it was installed. */
function isFight(own: ManagedFields, rival: ManagedFields, now: string): boolean {
  return [own, rival].every(({ time }) => (ageMs(time, now) ?? currentMs + 1) <= currentMs);
}
