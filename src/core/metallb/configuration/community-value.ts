import { quoted } from '../go-text.ts';

/** A community in its one spelling, or MetalLB's word on what is wrong with it. */
export type CommunityParse =
  | { readonly kind: 'community'; readonly text: string; readonly isLarge: boolean }
  /** `format`: it may be the alias of a Community object that is not there yet. */
  | { readonly kind: 'format' | 'value'; readonly message: string };

const sectionLimits = { legacy: 2 ** 16, large: 2 ** 32 } as const;

/** `65000:100`, or `large:65000:1:2`. */
export function parseCommunityValue(value: string): CommunityParse {
  const sections = value.split(':');
  if (sections.length === 2) {
    return parseSections(value, sections, 'legacy');
  }
  if (sections.length !== 4) {
    return { kind: 'format', message: `invalid community format: ${value}` };
  }
  const [marker, ...numbers] = sections;
  if (marker !== 'large') {
    const expected = 'expected community to be of format large:<uint32>:<uint32>:<uint32>';
    const message = `invalid marker for large community, ${expected} but got ${quoted(value)} instead`;
    return { kind: 'value', message: `invalid community value: ${message}` };
  }
  return parseSections(value, numbers, 'large');
}

function parseSections(
  value: string,
  sections: readonly string[],
  size: keyof typeof sectionLimits,
): CommunityParse {
  const wrong = sections.find((section) => faultOf(section, size) !== undefined);
  if (wrong !== undefined) {
    const why = `strconv.ParseUint: parsing ${quoted(wrong)}: ${faultOf(wrong, size)}`;
    const message = `invalid section ${quoted(wrong)} of community ${quoted(value)}, err: ${quoted(why)}`;
    return { kind: 'value', message: `invalid community value: ${message}` };
  }
  const text = sections.map((section) => BigInt(section).toString()).join(':');
  const isLarge = size === 'large';
  return { kind: 'community', text: isLarge ? `large:${text}` : text, isLarge };
}

function faultOf(section: string, size: keyof typeof sectionLimits): string | undefined {
  if (!/^[0-9]+$/.test(section)) {
    return 'invalid syntax';
  }
  return Number(section) < sectionLimits[size] ? undefined : 'value out of range';
}
