/** One measured figure beside its limit. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly limit: string;
  readonly met: boolean;
}

/** A figure that must not be above `limit`. */
export function atMost(
  what: string,
  measured: number,
  { limit, unit }: { readonly limit: number; readonly unit: string },
): Figure {
  const show = (value: number) => `${Number(value.toPrecision(3))}${unit}`;
  return { what, measured: show(measured), limit: show(limit), met: measured <= limit };
}
