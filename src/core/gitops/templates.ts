import type { Document } from 'yaml';

/** What fills a template in: Helm, or whatever puts variables into a text; Flux, where they have defaults. */
export type Templating = 'helm' | 'variables' | 'flux';

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

const helm = /\{\{/;
const variable = /\$\{[A-Za-z_][^}\n]*\}/;
/** GNU's envsubst leaves `${NAME:=default}` as it is. */
const withDefault = /\$\{\w+:?[=-]/;
const ofMetalLB = /\bapiVersion["']?\s*:\s*["']?metallb\.io\//;

/** `name: {{ .Values.name }}` is YAML too, only not what is meant; and `{{ if }}` spoils what is around it. */
export function withoutTemplates(documents: readonly Document.Parsed[], text: string): Untemplated {
  const isOfHelm = helm.test(withoutComments(text));
  const all = documents.map((document, index) => {
    // a broken document ends where the parser gave up, so the next one's beginning counts
    const end = documents[index + 1]?.range[0];
    const own = withoutComments(text.slice(document.range[0], end));
    const isBroken = document.errors.length > 0;
    const isTemplate = helm.test(own) || variable.test(own) || (isBroken && isOfHelm);
    return { document, own, isBroken, isTemplate };
  });
  const templates = all.filter(({ isTemplate }) => isTemplate);
  const plain = all.filter(({ isTemplate }) => !isTemplate);
  return {
    filled: plain.filter(({ isBroken }) => !isBroken).map(({ document }) => document),
    broken: plain.filter(({ isBroken }) => isBroken).map(({ document }) => document),
    templates: templates.length,
    templatesOfMetalLB: templates.filter(({ own }) => ofMetalLB.test(own)).length,
    templating: templatingOf(
      templates.map(({ own }) => own),
      isOfHelm,
    ),
  };
}

function templatingOf(texts: readonly string[], isOfHelm: boolean): Templating | undefined {
  if (texts.length === 0) {
    return undefined;
  }
  const filler = texts.some((each) => withDefault.test(each)) ? 'flux' : 'variables';
  return isOfHelm ? 'helm' : filler;
}

function withoutComments(text: string): string {
  return text.replaceAll(/^[ \t]*#.*$/gm, '');
}
