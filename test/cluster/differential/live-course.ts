import { setTimeout as sleep } from 'node:timers/promises';
import type { BareController } from '../../testbed/bare-controller.ts';
import type { KubernetesObject } from '../../testbed/kubernetes-object.ts';
import type { Program } from '../../testbed/program.ts';
import type { StepOutcome, VectorStep } from '../../core/metallb/vector-cases.ts';
import type { RawObject } from '../../core/metallb/vector-objects.ts';
import type { Work } from './controller-state.ts';
import { LogTail } from './controller-log.ts';
import { LiveObjects, rawOf } from './live-objects.ts';
import type { Judged, Written } from './live-objects.ts';
import type { ObjectName, Operation, Write } from './operations.ts';
import { metallbNamespace } from './random-pools.ts';
import { lastRefused, saidIn } from './said.ts';
import { Sentinel, sentinelNamespace } from './sentinel.ts';

/** One step as it really went. */
export interface LiveStep {
  readonly step: VectorStep;
  readonly outcome: StepOutcome;
  /** What ConfigurationState says, where there is one. */
  readonly state: string | undefined;
  readonly lastRefused: boolean | undefined;
}

/** A real controller on a real API server, led through one course after another. */
export class LiveCourse {
  writes = 0;
  refused = 0;
  readonly refusals = new Map<string, number>();
  readonly #bare: BareController;
  readonly #version: string;
  readonly #objects: LiveObjects;
  readonly #sentinel: Sentinel;
  #program: Program | undefined;

  private constructor(bare: BareController, version: string) {
    this.#bare = bare;
    this.#version = version;
    this.#objects = new LiveObjects(bare.plane.api);
    this.#sentinel = new Sentinel(bare.plane.api, new LogTail(bare.logFile));
  }

  static async on(bare: BareController, version: string): Promise<LiveCourse> {
    const course = new LiveCourse(bare, version);
    await bare.plane.api.create('/api/v1/namespaces', { metadata: { name: sentinelNamespace } });
    await course.#sentinel.place();
    return course;
  }

  /** Ends the controller, takes away what the last course left, and starts the next one. */
  async start(objects: readonly RawObject[]): Promise<LiveStep> {
    await this.#program?.kill();
    await this.#clear();
    for (const object of objects) {
      const written = await this.#write({ kind: 'put', object });
      if (written.verdict === 'done' && object.status !== undefined) {
        await this.#objects.leaveStatus(written.name, object.status);
      }
    }
    const stored = await this.#stored();
    const rests = await this.#startController();
    return this.#observed({ op: 'start', objects: stored }, rests, {});
  }

  /** Does what the operation says and waits until the controller has nothing left to do. */
  async perform(operation: Operation): Promise<LiveStep> {
    if (operation.op === 'restart') {
      await this.#program?.kill();
      return this.#observed({ op: 'restart' }, await this.#startController(), {});
    }
    const writes = operation.writes.toSorted(deletesFirst);
    const judged = await this.#judge(writes);
    this.#sentinel.begin();
    const before = new Map(this.#sentinel.begun);
    const done = await this.#stopped(writes.length > 1, async () => {
      const all: Written[] = [];
      for (const write of writes) {
        all.push(await this.#write(write));
      }
      return all;
    });
    const changes = done.filter((written) => written.verdict === 'done');
    const works = changes.flatMap((written) => workOf(written, this.#version));
    const rests = await this.#sentinel.rest(
      new Map(works.map((work) => [work, before.get(work) ?? 0])),
    );
    const puts = changes.flatMap(({ after, name }) => (after ? [rawOf(after, name.kind)] : []));
    const removed = changes.flatMap(({ after, name }) => (after ? [] : [name]));
    const step: VectorStep = { op: 'apply', delete: removed, objects: puts };
    const asked = puts.some(({ kind }) => kind === 'IPAddressPool') ? judged : {};
    return this.#observed(step, rests, asked);
  }

  async stop(): Promise<void> {
    await this.#program?.kill();
  }

  async #judge(writes: readonly Write[]): Promise<Readonly<Record<string, Judged>>> {
    const judged: [string, Judged][] = [];
    for (const write of writes) {
      const verdict = await this.#objects.judge(write);
      const { name } = write.kind === 'put' ? write.object.metadata : write.object;
      judged.push(...(verdict === undefined ? [] : [[name, verdict] as [string, Judged]]));
    }
    return Object.fromEntries(
      judged.map(([name, verdict]) => [`${metallbNamespace}/${name}`, verdict]),
    );
  }

  /** Several writes are made while the controller stands still, so that it finds them all together. */
  async #stopped<Result>(stands: boolean, work: () => Promise<Result>): Promise<Result> {
    if (!stands) {
      return work();
    }
    this.#program?.send('SIGSTOP');
    try {
      return await work();
    } finally {
      this.#program?.send('SIGCONT');
    }
  }

  async #write(write: Write): Promise<Written> {
    const written = await this.#objects.write(write);
    this.writes += written.verdict === 'nothing' ? 0 : 1;
    if (written.verdict === 'refused') {
      this.refused += 1;
      const { message = '' } = JSON.parse(written.says) as { message?: string };
      this.refusals.set(message, (this.refusals.get(message) ?? 0) + 1);
    }
    return written;
  }

  async #startController(): Promise<boolean> {
    if (this.#program === undefined) {
      this.#program = this.#bare.start();
    } else {
      this.#sentinel.forget();
      this.#program.startAgain();
    }
    const namespaces = await this.#objects.list('Namespace');
    const pools = await this.#objects.list('IPAddressPool');
    const works = [
      ...namespaces.map(({ metadata }) => `PoolReconciler /${metadata.name}`),
      ...pools.map(({ metadata }) => `PoolReconciler ${metallbNamespace}/${metadata.name}`),
    ];
    this.#sentinel.begin();
    return this.#sentinel.rest(new Map(works.map((work) => [work, 0])));
  }

  async #observed(
    step: VectorStep,
    rests: boolean,
    admission: Readonly<Record<string, Judged>>,
  ): Promise<LiveStep> {
    const { lines } = this.#sentinel;
    const services = (await this.#services()).map(serviceAnswer);
    const outcome: StepOutcome = {
      ...saidIn(lines),
      ...(Object.keys(admission).length === 0 ? {} : { admission }),
      ...(rests ? {} : { unsettled: true }),
      services: Object.fromEntries(services),
      poolStatus: await this.#poolStatus(),
    };
    const state = await this.#configurationState();
    return { step, outcome, state, lastRefused: lastRefused(lines) };
  }

  /** The same step, looked at again after a while: for what may only have been late. */
  async again({ step, outcome }: LiveStep): Promise<LiveStep> {
    await sleep(latenessMs);
    const rests = await this.#sentinel.rest(new Map());
    return this.#observed(step, rests, outcome.admission ?? {});
  }

  async #clear(): Promise<void> {
    const services = (await this.#services()).map((object) => nameIn('Service', object));
    const pools = await this.#objects.list('IPAddressPool');
    const names: ObjectName[] = [
      ...services,
      ...pools.map((object) => nameIn('IPAddressPool', object)),
      { kind: 'Namespace', name: 'team-c' },
    ];
    for (const name of names) {
      await this.#objects.remove(name);
    }
  }

  async #services(): Promise<readonly KubernetesObject[]> {
    const all = await this.#objects.list('Service');
    return all.filter(({ metadata }) => metadata.namespace?.startsWith('team-'));
  }

  async #stored(): Promise<readonly RawObject[]> {
    const namespaces = await this.#objects.list('Namespace');
    const pools = await this.#objects.list('IPAddressPool');
    const services = await this.#services();
    return [
      ...namespaces.map((object) => rawOf(object, 'Namespace')),
      ...pools.map((object) => rawOf(object, 'IPAddressPool')),
      ...services.map((object) => ({ ...rawOf(object, 'Service'), status: statusOf(object) })),
    ];
  }

  async #poolStatus(): Promise<NonNullable<StepOutcome['poolStatus']>> {
    const pools = await this.#objects.list('IPAddressPool');
    return Object.fromEntries(
      pools.flatMap((pool) => {
        const status = pool['status'] as Readonly<Record<string, number | string>> | undefined;
        return status === undefined || this.#version === 'v0.14.9'
          ? []
          : [[pool.metadata.name, figures.map((figure) => String(status[figure] ?? 0))]];
      }),
    );
  }

  /** The state the controller publishes of its own configuration; releases before v0.15.3 do not. */
  async #configurationState(): Promise<string | undefined> {
    const states = `/apis/metallb.io/v1beta1/namespaces/${metallbNamespace}/configurationstates`;
    const state = await this.#bare.plane.api.get(`${states}/controller`);
    return (state?.['status'] as { result?: string } | undefined)?.result;
  }
}

const latenessMs = 700;
const figures = ['assignedIPv4', 'assignedIPv6', 'availableIPv4', 'availableIPv6'] as const;
const markAnnotation = 'metallb.io/ip-allocated-from-pool';

function nameIn(kind: ObjectName['kind'], { metadata }: KubernetesObject): ObjectName {
  const { name, namespace } = metadata;
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}

function statusOf(object: KubernetesObject): Record<string, unknown> {
  return (object['status'] ?? {}) as Record<string, unknown>;
}

function serviceAnswer(object: KubernetesObject): [string, { ips?: string[]; pool?: string }] {
  const { name, namespace, annotations } = object.metadata;
  const { ingress = [] } = (statusOf(object)['loadBalancer'] ?? {}) as {
    ingress?: { ip?: string; hostname?: string }[];
  };
  const ips = ingress.map(({ ip, hostname }) => ip ?? `host:${hostname}`);
  const pool = annotations?.[markAnnotation];
  return [
    `${namespace}/${name}`,
    { ...(ips.length > 0 ? { ips } : {}), ...(pool === undefined ? {} : { pool }) },
  ];
}

function deletesFirst(left: Write, right: Write): number {
  return Number(right.kind === 'delete') - Number(left.kind === 'delete');
}

/** The looks at the configuration that a change is bound to cause, by MetalLB's own filters of what it watches. */
function workOf(
  { name, before, after }: Extract<Written, { verdict: 'done' }>,
  version: string,
): readonly Work[] {
  switch (name.kind) {
    case 'Service':
      return [];
    case 'Namespace': {
      const labels = [before, after].map((object) => JSON.stringify(object?.metadata.labels));
      return labels[0] === labels[1] ? [] : [`PoolReconciler /${name.name}`];
    }
    case 'IPAddressPool': {
      const field = version === 'v0.14.9' ? 'resourceVersion' : 'generation';
      const marks = [before, after].map(
        (object) => (object?.metadata as Readonly<Record<string, unknown>> | undefined)?.[field],
      );
      return marks[0] === marks[1] ? [] : [`PoolReconciler ${metallbNamespace}/${name.name}`];
    }
  }
}
