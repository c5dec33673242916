import type { Community } from '../facts/kube-objects.ts';
import type { ConfigurationProblem } from './configuration.ts';
import { quoted } from './go-text.ts';

type CommunityFault = 'value' | 'format';

/** What is wrong with Community objects: malformed or repeated aliases, and large ones in native BGP mode. */
export function communityProblems(
  communities: readonly Community[],
  bgpType: string | undefined,
): readonly ConfigurationProblem[] {
  const seen = new Map<string, Community>();
  const problems = communities.flatMap((object) =>
    object.spec.communities.flatMap(({ name, value }) => {
      const first = seen.get(name);
      seen.set(name, first ?? object);
      return [
        nativeProblem(object, { name, value }, bgpType),
        syntaxProblem(object, name, value),
        duplicateProblem(object, name, first),
      ];
    }),
  );
  return problems.filter((problem) => problem !== undefined);
}

function nativeProblem(
  object: Community,
  { name, value }: { readonly name: string; readonly value: string },
  bgpType: string | undefined,
): ConfigurationProblem | undefined {
  const native = bgpType === undefined || bgpType === 'native';
  if (!native || !isLarge(value)) {
    return undefined;
  }
  const message =
    'native BGP mode only supports legacy communities, BGP community CR ' +
    `${quoted(object.metadata.name)} has non legacy community {${quoted(name)} ${quoted(value)}}`;
  return { ...about(object), rule: 'native-community', entry: value, message };
}

function syntaxProblem(
  object: Community,
  name: string,
  value: string,
): ConfigurationProblem | undefined {
  const fault = faultOf(value);
  if (fault === undefined) {
    return undefined;
  }
  const detail =
    fault === 'format' ? `invalid community format: ${value}` : 'invalid community value';
  const message = `parsing community ${quoted(name)}: ${detail}`;
  return { ...about(object), rule: 'community-syntax', entry: value, message };
}

function duplicateProblem(
  object: Community,
  name: string,
  first: Community | undefined,
): ConfigurationProblem | undefined {
  return first === undefined
    ? undefined
    : {
        ...about(object, first),
        rule: 'duplicate-community',
        entry: name,
        message: `duplicate definition of community ${quoted(name)}`,
      };
}

function about(
  object: Community,
  other?: Community,
): Pick<ConfigurationProblem, 'object' | 'other'> {
  return { object: refTo(object), other: other === undefined ? undefined : refTo(other) };
}

function refTo({ kind, metadata }: Community): ConfigurationProblem['object'] {
  const { name, namespace } = metadata;
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}

function isLarge(value: string): boolean {
  return value.split(':').length === 4 && faultOf(value) === undefined;
}

/** `65000:100`, or `large:65000:1:2`. */
function faultOf(value: string): CommunityFault | undefined {
  const sections = value.split(':');
  if (sections.length === 2) {
    return sections.every((section) => isNumberBelow(section, 2 ** 16)) ? undefined : 'value';
  }
  if (sections.length !== 4) {
    return 'format';
  }
  const [marker, ...numbers] = sections;
  const fine = marker === 'large' && numbers.every((section) => isNumberBelow(section, 2 ** 32));
  return fine ? undefined : 'value';
}

function isNumberBelow(text: string, limit: number): boolean {
  return /^[0-9]+$/.test(text) && Number(text) < limit;
}
