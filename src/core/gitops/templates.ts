import type { Document } from 'yaml';

/**
 * What fills a template in: Helm, something else that knows braces (Ansible), whatever puts variables into a text, Flux
 * where these have defaults; or SOPS, which decrypts it.
 */
export type Templating = 'helm' | 'braces' | 'variables' | 'flux' | 'sops';

/** The documents of a file with those set aside that are to be filled in before they are what is meant. */
export interface Untemplated {
  readonly filled: readonly Document.Parsed[];
  readonly broken: readonly Document.Parsed[];
  readonly templates: number;
  /** Those of them in which MetalLB's objects are. */
  readonly templatesOfMetalLB: number;
  /** Undefined when there are none. */
  readonly templating: Templating | undefined;
}

const braces = /\{\{/;
const ofHelm =
  /\{\{-?\s*(?:[.$]|\/\*|(?:if|with|range|include|template|define|tpl|toYaml|printf|required|default)\s)/;
const variable = /\$\{[A-Za-z_][^}\n]*\}/;
/** GNU's envsubst leaves `${NAME:=default}` as it is. */
const withDefault = /\$\{\w+:?[=-]/;
const ofMetalLB = /\bapiVersion["']?\s*:\s*["']?metallb\.io\//;

interface Part {
  readonly document: Document.Parsed;
  /** Its text without comments. */
  readonly own: string;
  readonly isEncrypted: boolean;
}

/** `name: {{ .Values.name }}` is YAML too, only not what is meant; and `{{ if }}` spoils what is around it. */
export function withoutTemplates(documents: readonly Document.Parsed[], text: string): Untemplated {
  const whole = withoutComments(text);
  const hasBraces = braces.test(whole);
  const all = documents.map((document, index) => {
    // a broken document ends where the parser gave up, so the next one's beginning counts
    const end = documents[index + 1]?.range[0];
    const own = withoutComments(text.slice(document.range[0], end));
    const isBroken = document.errors.length > 0;
    // a Secret's name and type stay readable, so only what is judged by its values is set aside
    const isEncrypted = !isBroken && ofMetalLB.test(own) && document.has('sops');
    const isTemplate =
      isEncrypted || braces.test(own) || variable.test(own) || (isBroken && hasBraces);
    return { document, own, isBroken, isEncrypted, isTemplate };
  });
  const templates = all.filter(({ isTemplate }) => isTemplate);
  const plain = all.filter(({ isTemplate }) => !isTemplate);
  const ours = templates.filter(({ own }) => ofMetalLB.test(own));
  return {
    filled: plain.filter(({ isBroken }) => !isBroken).map(({ document }) => document),
    broken: plain.filter(({ isBroken }) => isBroken).map(({ document }) => document),
    templates: templates.length,
    templatesOfMetalLB: ours.length,
    templating: templatingOf(ours.length > 0 ? ours : templates, whole),
  };
}

/** The first that fits; a document spoilt by braces need not hold them itself. */
function templatingOf(parts: readonly Part[], whole: string): Templating | undefined {
  const some = (pattern: RegExp) => parts.some(({ own }) => pattern.test(own));
  const hasBraces = some(braces) || !some(variable);
  const kinds: readonly (readonly [Templating, boolean])[] = [
    ['sops', parts.some(({ isEncrypted }) => isEncrypted)],
    ['helm', hasBraces && ofHelm.test(whole)],
    ['braces', hasBraces],
    ['flux', some(withDefault)],
    ['variables', true],
  ];
  return parts.length === 0 ? undefined : kinds.find(([, fits]) => fits)?.[0];
}

/** Behind a value too; where quotes follow, the sign may stand between them. */
function withoutComments(text: string): string {
  return text.replaceAll(/^[ \t]*#.*$/gm, '').replaceAll(/[ \t]#[^"'\n]*$/gm, '');
}
