/** What a program's own words usually mean, and where to look then. */
interface Hint {
  readonly words: RegExp;
  readonly says: string;
}

const cannotReachServer =
  /dial tcp \S+:\d+: (?:i\/o timeout|connect: (?:no route to host|connection refused|network is unreachable))|context deadline exceeded.*\/api/;

/** The API server passes on in such words what became of its own call. */
const ofWebhook = /(?:failed calling|failed to call|conversion) webhook/;

const hints: readonly Hint[] = [
  {
    words: /conversion webhook for metallb\.io/,
    says: `the API server could not convert BGPPeers for it: that takes MetalLB's webhook, which the controller serves; get that to answer first`,
  },
  {
    words: cannotReachServer,
    says: 'it cannot reach the API server: look at the pod network (CNI), kube-proxy and network policies of its node, not at MetalLB',
  },
  {
    words: /too many open files/,
    says: 'its node has no inotify instances or open files left for it: raise fs.inotify.max_user_instances (often 128) on that node',
  },
  {
    words: /exec format error/,
    says: `the image is for another processor architecture than the node's: use one built for it, or keep the pod off that node`,
  },
  {
    words: /flag provided but not defined/,
    says: 'its arguments are those of another release than its image: apply manifest or chart of one version whole',
  },
  {
    words: /no matches for kind/,
    says: 'a kind it watches is not served: CRDs are older than the program',
  },
  {
    words: /failed to wait for \S+ caches to sync/,
    says: 'a kind it watches could not be listed: CRDs or roles are older than the program, or the API server cannot convert BGPPeers without the webhook',
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
    : hints.find((hint) => hint.words.test(words) && isMeant(hint, words))?.says;
}

function isMeant({ words }: Hint, said: string): boolean {
  return words !== cannotReachServer || isCutOff(said);
}

/** True for words of a program that cannot reach the API server, which is no fault of MetalLB. */
export function isCutOff(words: string): boolean {
  return cannotReachServer.test(words) && !ofWebhook.test(words);
}
