const longestName = 253;
const longestPart = 63;
const part = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';

const subdomain: Form = {
  longest: longestName,
  pattern: new RegExp(`^${part}(?:\\.${part})*$`),
  allows:
    'lower case letters, digits, "-" and ".", and a letter or digit at both ends of what "." divides (RFC 1123)',
};
const label: Form = {
  longest: longestPart,
  pattern: new RegExp(`^${part}$`),
  allows: 'lower case letters, digits and "-", and a letter or digit at both ends (RFC 1123)',
};
const qualified: Form = {
  longest: longestPart,
  pattern: /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  allows: 'letters, digits, "-", "_" and ".", and a letter or digit at both ends',
};

/** Why the API server takes no object of this name (a DNS-1123 subdomain); undefined when it does. */
export function nameTrouble(name: string): string | undefined {
  return troubleOf(name, subdomain);
}

/** Why no namespace can be called that (a DNS-1123 label); undefined when one can. */
export function namespaceTrouble(name: string): string | undefined {
  return troubleOf(name, label);
}

/** Why this can be no key of a label or annotation; undefined when it can. */
export function labelKeyTrouble(key: string): string | undefined {
  const parts = key.split('/');
  const [prefix, name] = parts.length > 1 ? parts : [undefined, key];
  if (parts.length > 2) {
    return 'only one "/" may stand in it, behind a domain';
  }
  const before = prefix === undefined ? undefined : nameTrouble(prefix);
  return before === undefined
    ? troubleOf(name ?? '', qualified)
    : `what stands before "/": ${before}`;
}

/** Why this can be no value of a label; undefined when it can. */
export function labelValueTrouble(value: string): string | undefined {
  return value === '' ? undefined : troubleOf(value, qualified);
}

/** The nearest name that the API server takes; undefined when nothing is left of it. */
export function nameLike(name: string): string | undefined {
  const near = name
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.]+/g, '-')
    .replaceAll(/[-.]*\.[-.]*/g, '.')
    .slice(0, longestName)
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  return near === '' ? undefined : near;
}

interface Form {
  readonly longest: number;
  readonly pattern: RegExp;
  readonly allows: string;
}

function troubleOf(text: string, { longest, pattern, allows }: Form): string | undefined {
  if (text === '') {
    return 'it is empty';
  }
  if (text.length > longest) {
    return `it has ${text.length} characters, ${longest} are allowed`;
  }
  return pattern.test(text) ? undefined : `allowed are only ${allows}`;
}
