import { OutsideError } from '../../facts/errors.ts';
import { PodNotMade, type PodHands, type PodName, type PodProgress } from '../../facts/pod-port.ts';
import { asRaw, filledText, inner, raws, text, type Raw } from '../parse/fields.ts';
import { parseJson } from '../parse/json.ts';
import { exchange } from './exchange.ts';
import type { LiveCluster } from './gather.ts';

/** Hands that make, watch and take away Pods of a live cluster. Each call is made once: none is repeated by itself. */
export function podHands(cluster: LiveCluster): PodHands {
  const call: Call = (asked, signal) => callOf(cluster, asked, signal);
  return {
    create: async (manifest, of, signal) => {
      const answer = await call({ path: podsOf(of), content: JSON.stringify(manifest) }, signal);
      if (answer.status >= 300) {
        throw notMade(answer, of);
      }
    },
    progress: async (of, signal) => {
      const answer = await call({ path: pathOf(of) }, signal);
      const doing = `get Pod ${of.namespace}/${of.name}`;
      return answer.status === 404 ? undefined : progressIn(parsed(answer, doing));
    },
    log: async (of, signal) => {
      const path = `${pathOf(of)}/log?limitBytes=${longestLog}`;
      const answer = await call({ path, accept: '*/*' }, signal);
      if (answer.status !== 200) {
        throw refused(answer, `read the log of Pod ${of.namespace}/${of.name}`);
      }
      return answer.body;
    },
    remove: async (of, signal) => {
      const path = `${pathOf(of)}?gracePeriodSeconds=0`;
      const answer = await call({ path, method: 'DELETE' }, signal);
      if (answer.status === 404) {
        return 'absent';
      }
      if (answer.status >= 300) {
        throw refused(answer, `delete Pod ${of.namespace}/${of.name}`);
      }
      return 'removed';
    },
  };
}

type Call = (asked: Asked, signal: AbortSignal) => Promise<Answered>;

async function callOf(
  { access, connector, limits }: LiveCluster,
  asked: Asked,
  signal: AbortSignal,
): Promise<Answered> {
  const connection = await connector.connect(signal);
  const { requestTimeoutMs: timeoutMs, connectTimeoutMs } = limits;
  const question = { accept: 'application/json', timeoutMs, connectTimeoutMs, ...asked };
  const outcome = await exchange(connection, question, signal);
  if (outcome.kind === 'unanswered') {
    const { error } = outcome;
    throw new OutsideError(`${access.server} did not answer: ${error.message}`, { cause: error });
  }
  return outcome;
}

const longestLog = 4 * 1024 * 1024;

interface Asked {
  readonly path: string;
  readonly content?: string;
  readonly method?: 'DELETE';
  readonly accept?: string;
}

interface Answered {
  readonly status: number;
  readonly body: string;
}

function podsOf({ namespace }: PodName): string {
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
}

function pathOf(of: PodName): string {
  return `${podsOf(of)}/${encodeURIComponent(of.name)}`;
}

function parsed(answer: Answered, doing: string): Raw {
  if (answer.status !== 200) {
    throw refused(answer, doing);
  }
  return asRaw(parseJson(answer.body));
}

function progressIn(pod: Raw): PodProgress {
  const status = inner(pod, 'status');
  const [container = {}] = raws(status, 'containerStatuses');
  const state = inner(container, 'state');
  const waiting = inner(state, 'waiting');
  const terminated = inner(state, 'terminated');
  const unscheduled = raws(status, 'conditions').find(
    (each) => text(each, 'type') === 'PodScheduled' && text(each, 'status') === 'False',
  );
  const sources = [waiting, terminated, status, unscheduled ?? {}];
  const said = sources.find((each) => filledText(each, 'reason') !== undefined);
  return {
    phase: text(status, 'phase') ?? 'Pending',
    reason: said && filledText(said, 'reason'),
    message: said && filledText(said, 'message'),
  };
}

function wordsIn({ status, body }: Answered): string {
  try {
    return text(asRaw(parseJson(body)), 'message') ?? `status ${status}`;
  } catch {
    return `status ${status}: ${body.trim().slice(0, 200)}`;
  }
}

function refused(answer: Answered, doing: string): OutsideError {
  return new OutsideError(`the API server does not let triage ${doing}: ${wordsIn(answer)}`, {
    suggestions: answer.status === 403 ? ['triage rbac --probe # the rights it takes'] : [],
  });
}

/** A request that the server found wanting made nothing; after 408 and 409, and its own troubles, nobody knows. */
function notMade(answer: Answered, of: PodName): OutsideError {
  const isCertain = answer.status >= 400 && answer.status < 500;
  const { message, suggestions } = refusal(answer, of);
  return isCertain && answer.status !== 408 && answer.status !== 409
    ? new PodNotMade(message, { suggestions })
    : new OutsideError(message, { suggestions });
}

/** Each refusal has another way out. */
function refusal(answer: Answered, { namespace }: PodName): OutsideError {
  const words = wordsIn(answer);
  const says = `no Pod could be made in namespace ${namespace}: ${words}`;
  if (/violates PodSecurity/i.test(words)) {
    return new OutsideError(says, {
      suggestions: [
        'name a namespace that may run Pods in the network of the host: --probe-namespace NAME',
        "MetalLB's own is such a one, since its speakers need the same",
      ],
    });
  }
  if (/security context constraint/i.test(words)) {
    return new OutsideError(says, {
      suggestions: [
        'on OpenShift whoever makes the Pod needs an SCC with host networking: oc adm policy add-scc-to-user hostnetwork-v2 USER',
        'look from this host instead: --probe',
      ],
    });
  }
  if (/exceeded quota|limited to|must specify/i.test(words)) {
    return new OutsideError(says, {
      suggestions: ['name a namespace without that limit: --probe-namespace NAME'],
    });
  }
  if (answer.status === 403 && / cannot create resource /.test(words)) {
    return new OutsideError(says, {
      suggestions: ['triage rbac --probe # the rights it takes'],
    });
  }
  return new OutsideError(says, {
    suggestions: [
      'look from this host instead: --probe',
      'or name another: --probe-namespace NAME',
    ],
  });
}
