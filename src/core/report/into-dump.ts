import { shellWord } from '../facts/shell-word.ts';

/**
 * A command that collects what is missing, writing it where the next question to the same directory finds it. What is
 * asked of MetalLB's namespace alone is asked of all: a list in a file does not say that it is of one namespace.
 */
export function intoDump(command: string, directory: string): string {
  const place = directory.replace(/(?<=.)\/+$/, '');
  const listed = /^kubectl (?:-n (?<namespace>\S+) )?get (?<what>[a-z.0-9]+)(?: -A)? -o yaml$/;
  const { namespace, what } = listed.exec(command)?.groups ?? {};
  if (what !== undefined) {
    const isOfOne = namespace !== undefined && besideMetalLB.includes(what);
    const asked = isOfOne || namespace === undefined ? command : `kubectl get ${what} -A -o yaml`;
    const name = isOfOne ? `${what}-${namespace}` : what;
    return `${asked} >${shellWord(`${place}/${name}.yaml`)}`;
  }
  return oneInto(command, place) ?? logsInto(command, place) ?? command;
}

/** Of these only the objects beside MetalLB are of use, and those of others may lie there already. */
const besideMetalLB: readonly string[] = ['pods', 'configmaps'];

function oneInto(command: string, place: string): string | undefined {
  const [, what, name] = /^kubectl -n \S+ get ([a-z]+) (\S+) -o yaml$/.exec(command) ?? [];
  return what === undefined || name === undefined
    ? undefined
    : `${command} >${shellWord(`${place}/${what}-${name.replaceAll("'", '')}.yaml`)}`;
}

/** A log is known by the name of its pod, and `kubectl logs daemonset/speaker` prints one of several. */
function logsInto(command: string, place: string): string | undefined {
  const logs =
    /^kubectl -n (?<namespace>\S+) logs (?<kind>deployment|daemonset)\/(?<name>\S+) --tail=/;
  const { namespace, kind, name } = logs.exec(command)?.groups ?? {};
  if (namespace === undefined || name === undefined) {
    return undefined;
  }
  const container = kind === 'daemonset' ? 'speaker' : 'controller';
  return (
    `for pod in $(kubectl -n ${namespace} get pods -o name | grep /${name}-); do ` +
    `kubectl -n ${namespace} logs $pod -c ${container} --tail=200 >${shellWord(`${place}/`)}\${pod#pod/}.log; done`
  );
}
