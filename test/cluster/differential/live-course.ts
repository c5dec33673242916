import { setTimeout as sleep } from 'node:timers/promises';
import type { BareController } from '../../testbed/bare-controller.ts';
import type { KubernetesObject } from '../../testbed/kubernetes-object.ts';
import type { Program } from '../../testbed/program.ts';
import type { StepOutcome, VectorStep } from '../../core/metallb/vector-cases.ts';
import type { RawObject } from '../../core/metallb/vector-objects.ts';
import { LogTail } from './controller-log.ts';
import { LiveObjects, rawOf } from './live-objects.ts';
import type { Judged, Written } from './live-objects.ts';
import { poolStatusOf, restless, servicesOf, statusOf, workOf } from './live-step.ts';
import type { LiveStep } from './live-step.ts';
import type { ObjectName, Operation, Write } from './operations.ts';
import { metallbNamespace } from './random-pools.ts';
import { flappingIn, lastRefused, saidIn, sentinelNamespace } from './said.ts';
import { Sentinel } from './sentinel.ts';

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
    const namespaces = await this.#objects.list('Namespace');
    const pools = await this.#objects.list('IPAddressPool');
    const works = [
      ...namespaces.map(({ metadata }) => `PoolReconciler /${metadata.name}`),
      ...pools.map(({ metadata }) => `PoolReconciler ${metallbNamespace}/${metadata.name}`),
    ];
    if (this.#program === undefined) {
      this.#program = this.#bare.start();
    } else {
      this.#sentinel.forget();
      this.#program.startAgain();
    }
    return this.#sentinel.rest(new Map(works.map((work) => [work, 0])));
  }

  async #observed(
    step: VectorStep,
    rests: boolean,
    admission: Readonly<Record<string, Judged>>,
  ): Promise<LiveStep> {
    const { lines } = this.#sentinel;
    const services = servicesOf(await this.#services());
    const pools = this.#version === 'v0.14.9' ? [] : await this.#objects.list('IPAddressPool');
    const said = saidIn(lines);
    const asked = Object.keys(admission).length === 0 ? {} : { admission };
    const outcome: StepOutcome = rests
      ? { ...said, ...asked, services, poolStatus: poolStatusOf(pools) }
      : { ...said, ...asked, ...restless(said, services, flappingIn(lines)) };
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

  /** The state the controller publishes of its own configuration; releases before v0.15.3 do not. */
  async #configurationState(): Promise<string | undefined> {
    const states = `/apis/metallb.io/v1beta1/namespaces/${metallbNamespace}/configurationstates`;
    const state = await this.#bare.plane.api.get(`${states}/controller`);
    return (state?.['status'] as { result?: string } | undefined)?.result;
  }
}

const latenessMs = 700;
function nameIn(kind: ObjectName['kind'], { metadata }: KubernetesObject): ObjectName {
  const { name, namespace } = metadata;
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}

function deletesFirst(left: Write, right: Write): number {
  return Number(right.kind === 'delete') - Number(left.kind === 'delete');
}
