/** What the reader's terminal can show and how much the reader wants to see. */
export interface Canvas {
  readonly width: number;
  /** True when no terminal shows it: then the rows of tables stay whole, for programs that read them line by line. */
  readonly piped?: boolean;
  readonly colour: boolean;
  readonly unicode: boolean;
  /** Also what passed and what is ruled out. */
  readonly verbose: boolean;
  /** Also every piece of evidence and every verdict. */
  readonly wide: boolean;
  /** How the person calls us: `triage` or `kubectl triage`. */
  readonly program: string;
}

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export type Ink = keyof typeof codes;

/** `text` in the inks given, or as it is on a terminal without colour. Meaning is never in the colour alone. */
export function inked(
  text: string,
  inks: readonly Ink[],
  { colour }: { readonly colour: boolean },
): string {
  if (!colour || text === '') {
    return text;
  }
  return inks.reduce((inside, ink) => {
    const [on, off] = codes[ink];
    return `\u001b[${on}m${inside}\u001b[${off}m`;
  }, text);
}
