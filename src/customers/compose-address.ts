const HAN = /\p{Script=Han}/u;
const LINE_ENDS = /\s*[\r\n]+\s*/g;

/** Parts of an address, from the largest to the smallest. */
export interface AddressParts {
  readonly province: string | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly street: string | null;
}

/**
 * One readable line: large to small and without gaps in Chinese, small to large with commas
 * elsewhere. A municipality is its own province and is named once.
 */
export function composeAddress({ province, city, district, street }: AddressParts): string | null {
  const parts = [province, city === province ? null : city, district, street]
    .filter((part) => part !== null)
    .map((part) => part.replace(LINE_ENDS, " "));
  if (parts.length === 0) return null;
  return parts.some((part) => HAN.test(part)) ? parts.join("") : parts.reverse().join(", ");
}
