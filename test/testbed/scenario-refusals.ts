import type { ApiClient } from './api-client.ts';
import type { EtcdStore } from './etcd-store.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { ScenarioPlan } from './scenario-plan.ts';
import { apiPath, storageKey } from './storage-keys.ts';

/** An object that the API server would not take, and why. */
export interface Refusal {
  readonly object: string;
  readonly why: string;
}

/** Kinds whose objects are not asked about: events may not be changed, and webhooks would be called. */
const NOT_ASKED = ['Event', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];

/**
 * Asks the API server, by a dry run, whether it would take each object that was written past it. So a
 * recorded incident cannot hold what no real cluster could: misspelt fields, impossible values.
 */
export async function refusedObjects(
  api: ApiClient,
  etcd: EtcdStore,
  plan: ScenarioPlan,
): Promise<Refusal[]> {
  const webhooks = plan.objects.filter(({ kind }) => isWebhook(kind));
  const keys = webhooks.map((object) => storageKey(object, plan.kinds));
  await etcd.remove(keys);
  try {
    const asked = plan.objects.filter(({ kind = '' }) => !NOT_ASKED.includes(kind));
    const answers: (Refusal | undefined)[] = [];
    for (const object of asked) {
      answers.push(await refusalOf(api, plan, object));
    }
    return answers.filter((answer) => answer !== undefined);
  } finally {
    await etcd.put(plan.entries.filter(({ key }) => keys.includes(key)));
  }
}

function isWebhook(kind: string | undefined): boolean {
  return kind?.endsWith('WebhookConfiguration') ?? false;
}

async function refusalOf(
  api: ApiClient,
  plan: ScenarioPlan,
  object: KubernetesObject,
): Promise<Refusal | undefined> {
  const path = apiPath(object, plan.kinds);
  const present = await api.get(path);
  if (present === undefined) {
    return { object: path, why: 'it is not there' };
  }
  const { resourceVersion } = present.metadata;
  const { managedFields: _managed, ...metadata } = object.metadata as Record<string, unknown>;
  const body = { ...object, metadata: { ...metadata, resourceVersion } };
  const question = '?dryRun=All&fieldValidation=Strict';
  const { status, text } = await api.send('PUT', `${path}${question}`, body);
  return status === 200 ? undefined : { object: path, why: messageIn(text) };
}

function messageIn(text: string): string {
  const { message } = JSON.parse(text) as { message?: string };
  return message ?? text;
}
