import type { WebhookConfiguration } from '../../facts/kube-objects.ts';
import { asRaw, filledText, flag, inner, isRaw, number, present, raws, text } from './fields.ts';
import { texts, type Raw } from './fields.ts';
import { parseMetadata } from './metadata.ts';

/** A ValidatingWebhookConfiguration as the API prints it, or as a snapshot holds it. */
export function parseValidatingWebhook(value: unknown): WebhookConfiguration {
  const object = asRaw(value);
  return {
    kind: 'ValidatingWebhookConfiguration',
    metadata: parseMetadata(object),
    webhooks: raws(object, 'webhooks').map(parseWebhook),
  };
}

function parseWebhook(raw: Raw): WebhookConfiguration['webhooks'][number] {
  const client = isRaw(raw['clientConfig']) ? inner(raw, 'clientConfig') : raw;
  return present({
    name: text(raw, 'name') ?? '',
    failurePolicy: filledText(raw, 'failurePolicy'),
    service: isRaw(client['service']) ? parseTarget(inner(client, 'service')) : undefined,
    hasCaBundle: filledText(client, 'caBundle') !== undefined || flag(raw, 'hasCaBundle') === true,
    rules: raws(raw, 'rules').map((rule) => ({
      apiGroups: texts(rule, 'apiGroups'),
      resources: texts(rule, 'resources'),
    })),
  });
}

function parseTarget(raw: Raw) {
  return present({
    namespace: text(raw, 'namespace') ?? '',
    name: text(raw, 'name') ?? '',
    port: number(raw, 'port'),
  });
}
