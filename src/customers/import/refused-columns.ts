/** Words in a heading that tell of data which is not kept at all (PIPL Art. 28). */
const REFUSED: readonly { readonly kind: string; readonly words: RegExp }[] = [
  {
    kind: "biometric data",
    words:
      /指纹|人脸|面部特征|虹膜|声纹|掌纹|生物特征|生物识别|biometric|finger.?print|face.?(id|print|scan)|\biris\b|voice.?print/iu,
  },
  { kind: "religion", words: /宗教|信仰|教派|religio|\bfaith\b|denomination/iu },
];

/** Why a column may not be in a ledger at all, or null when it may. */
export function refusalOf(heading: string): string | null {
  const found = REFUSED.find(({ words }) => words.test(heading));
  if (!found) return null;
  return `Column "${heading}" looks like ${found.kind}, which is never stored. Remove it from the file.`;
}
