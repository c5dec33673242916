import { randomBytes } from 'node:crypto';
import type { Kubelet } from './configuration.ts';
import type { Pod } from './pod.ts';

export interface EventWords {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** The container that the event is about, if one. */
  readonly container?: string;
}

/** Tells events of one pod; the same words again raise the count of the first, as the real recorder does. */
export type Recorder = (words: EventWords) => Promise<void>;

export function eventRecorder(kubelet: Kubelet, pod: Pod): Recorder {
  const told = new Map<string, { path: string; count: number }>();
  const collection = `/api/v1/namespaces/${pod.metadata.namespace}/events`;
  const record = async (words: EventWords): Promise<void> => {
    const key = JSON.stringify(words);
    const earlier = told.get(key);
    const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    if (earlier !== undefined) {
      earlier.count += 1;
      await kubelet.api.patch(earlier.path, { count: earlier.count, lastTimestamp: now });
      return;
    }
    const name = `${pod.metadata.name}.${randomBytes(8).toString('hex')}`;
    told.set(key, { path: `${collection}/${name}`, count: 1 });
    await kubelet.api.send('POST', collection, eventObject(kubelet, pod, { words, name, now }));
  };
  // Events are told as well as can be: an API server that is away must not stop the kubelet.
  return (words) => record(words).catch(() => undefined);
}

function eventObject(
  kubelet: Kubelet,
  pod: Pod,
  { words, name, now }: { words: EventWords; name: string; now: string },
): object {
  const { node } = kubelet.configuration;
  const { metadata } = pod;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: metadata.namespace },
    involvedObject: {
      apiVersion: 'v1',
      kind: 'Pod',
      name: metadata.name,
      namespace: metadata.namespace,
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
      ...(words.container === undefined
        ? {}
        : { fieldPath: `spec.containers{${words.container}}` }),
    },
    type: words.type,
    reason: words.reason,
    message: words.message,
    source: { component: 'kubelet', host: node },
    reportingComponent: 'kubelet',
    reportingInstance: node,
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  };
}
