/** What a program's own words usually mean, and where to look then. */
interface Hint {
  readonly words: RegExp;
  readonly says: string;
}

const cannotReachServer =
  /dial tcp \S+:\d+: (?:i\/o timeout|connect: (?:no route to host|connection refused|network is unreachable))|context deadline exceeded.*\/api/;

const hints: readonly Hint[] = [
  {
    words: cannotReachServer,
    says: 'it cannot reach the API server: look at the pod network (CNI), kube-proxy and network policies of its node, not at MetalLB',
  },
  {
    words: /no matches for kind|failed to wait for \S+ caches to sync/,
    says: 'a kind it watches is not served or not permitted: CRDs or roles are older than the program',
  },
  {
    words: /cannot \w+ resource/,
    says: 'it lacks a right: its roles are older than the program or were cut down',
  },
  {
    words: /failed to create memberlist secret|METALLB_DEPLOYMENT|deployments\.apps \S+ not found/,
    says: 'it looks for its own Deployment under another name: METALLB_DEPLOYMENT must name it',
  },
  {
    words: /unable to get own pod/,
    says: 'from v0.16 it needs METALLB_POD_NAME and the right to read its own pod',
  },
  {
    words: /address already in use/,
    says: 'another program on the node has its port (7472, 7946, 9120 or 17472)',
  },
  {
    words: /could not refresh CA|secret is not well-formed|Unable to inject cert/,
    says: 'its webhook certificate Secret is damaged or it may not write it: empty metallb-webhook-cert and restart it, then it fills the Secret anew',
  },
  {
    words: /secretkey|memberlist.*(?:not found|no such file)/,
    says: 'the memberlist Secret is missing or has no key "secretkey"; a running controller makes it',
  },
  {
    words: /incoherent state/,
    says: 'a Service names one port twice, which MetalLB cannot bear',
  },
];

/** What these words usually mean; undefined when nothing is known. */
export function hintFor(words: string): string | undefined {
  // The kubelet's own calls fail in the same words and say nothing of the API server.
  return /probe failed:/.test(words)
    ? undefined
    : hints.find((hint) => hint.words.test(words))?.says;
}

/** True for words of a program that cannot reach the API server, which is no fault of MetalLB. */
export function isCutOff(words: string): boolean {
  return cannotReachServer.test(words);
}
