import { every, type Match, negated, some } from './matching.ts';

/** The value of a label, none where there is no such label; undefined where nobody knows. */
export type LabelLookup = (name: string) => readonly string[] | undefined;

const token = /\s*(?:(&&|\|\||==|!=|[!(){},])|"([^"]*)"|'([^']*)'|([a-zA-Z0-9_./-]+))/y;

interface Token {
  readonly kind: 'sign' | 'text' | 'word';
  readonly value: string;
}

/** Whether labels satisfy a selector of Calico; `perhaps` also for one that cannot be read. An empty one matches all. */
export function calicoSelects(selector: string, labels: LabelLookup): Match {
  const tokens = tokensOf(selector);
  if (tokens === undefined) {
    return 'perhaps';
  }
  if (tokens.length === 0) {
    return 'yes';
  }
  const reader = new SelectorReader(tokens, labels);
  const match = reader.either();
  return match === undefined || !reader.isAtEnd() ? 'perhaps' : match;
}

function tokensOf(selector: string): readonly Token[] | undefined {
  const found: Token[] = [];
  const text = selector.trim();
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const [, sign, double, single, word] = token.exec(text) ?? [];
    if (sign !== undefined) {
      found.push({ kind: 'sign', value: sign });
    } else if (word !== undefined) {
      found.push({ kind: 'word', value: word });
    } else if (double !== undefined || single !== undefined) {
      found.push({ kind: 'text', value: double ?? single ?? '' });
    } else {
      return undefined;
    }
  }
  return found;
}

/** Reads a selector from left to right and judges it at once; undefined stands for what is no selector. */
class SelectorReader {
  #at = 0;
  #depth = 0;
  readonly #tokens: readonly Token[];
  readonly #labels: LabelLookup;

  constructor(tokens: readonly Token[], labels: LabelLookup) {
    this.#tokens = tokens;
    this.#labels = labels;
  }

  isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  either(): Match | undefined {
    return this.#joined('||', () => this.#both(), some);
  }

  #both(): Match | undefined {
    return this.#joined('&&', () => this.#single(), every);
  }

  #joined(
    sign: string,
    part: () => Match | undefined,
    join: (matches: readonly Match[]) => Match,
  ): Match | undefined {
    const parts = [part()];
    while (this.#takes(sign)) {
      parts.push(part());
    }
    return parts.some((each) => each === undefined)
      ? undefined
      : join(parts.flatMap((each) => each ?? []));
  }

  #single(): Match | undefined {
    // nobody writes so many brackets, and a forged dump shall not exhaust the stack
    if (this.#depth > 50) {
      return undefined;
    }
    this.#depth += 1;
    const match = this.#takes('!') ? this.#opposite() : this.#plain();
    this.#depth -= 1;
    return match;
  }

  #opposite(): Match | undefined {
    const match = this.#single();
    return match === undefined ? undefined : negated(match);
  }

  #plain(): Match | undefined {
    if (this.#takes('(')) {
      const match = this.either();
      return this.#takes(')') ? match : undefined;
    }
    const name = this.#next('word');
    if (name === undefined) {
      return undefined;
    }
    if (['all', 'global'].includes(name) && this.#takes('(')) {
      return this.#takes(')') ? matchOf(name === 'all') : undefined;
    }
    if (name === 'has' && this.#takes('(')) {
      const label = this.#next('word');
      return label !== undefined && this.#takes(')') ? this.#has(label) : undefined;
    }
    return this.#compared(name);
  }

  #has(label: string): Match {
    const found = this.#labels(label);
    return found === undefined ? 'perhaps' : matchOf(found.length > 0);
  }

  #compared(label: string): Match | undefined {
    if (this.#takes('==')) {
      return this.#oneOf(label, this.#value());
    }
    if (this.#takes('!=')) {
      const match = this.#oneOf(label, this.#value());
      return match === undefined ? undefined : negated(match);
    }
    const word = this.#next('word');
    if (word === 'not') {
      const match = this.#next('word') === 'in' ? this.#oneOf(label, this.#values()) : undefined;
      return match === undefined ? undefined : negated(match);
    }
    return word === 'in' ? this.#oneOf(label, this.#values()) : this.#part(label, word);
  }

  #part(label: string, word: string | undefined): Match | undefined {
    const isPart = parts.get(word ?? '');
    if (isPart === undefined || (word !== 'contains' && this.#next('word') !== 'with')) {
      return undefined;
    }
    const [wanted] = this.#value() ?? [];
    return wanted === undefined ? undefined : this.#asks(label, (value) => isPart(value, wanted));
  }

  #oneOf(label: string, values: readonly string[] | undefined): Match | undefined {
    return values === undefined ? undefined : this.#asks(label, (value) => values.includes(value));
  }

  #asks(label: string, holds: (value: string) => boolean): Match {
    const found = this.#labels(label);
    return found === undefined ? 'perhaps' : matchOf(found.some(holds));
  }

  #value(): readonly string[] | undefined {
    const value = this.#next('text');
    return value === undefined ? undefined : [value];
  }

  #values(): readonly string[] | undefined {
    const found: string[] = [];
    if (!this.#takes('{')) {
      return undefined;
    }
    while (!this.#takes('}')) {
      const value = this.#next('text');
      if (value === undefined) {
        return undefined;
      }
      found.push(value);
      this.#takes(',');
    }
    return found;
  }

  #takes(sign: string): boolean {
    const token = this.#tokens[this.#at];
    const isIt = token?.kind === 'sign' && token.value === sign;
    this.#at += isIt ? 1 : 0;
    return isIt;
  }

  #next(kind: Token['kind']): string | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind) {
      return undefined;
    }
    this.#at += 1;
    return token.value;
  }
}

const parts = new Map<string, (value: string, wanted: string) => boolean>([
  ['contains', (value, wanted) => value.includes(wanted)],
  ['starts', (value, wanted) => value.startsWith(wanted)],
  ['ends', (value, wanted) => value.endsWith(wanted)],
]);

function matchOf(is: boolean): Match {
  return is ? 'yes' : 'no';
}
