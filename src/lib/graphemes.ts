const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Printable ASCII and Chinese characters: none of them joins with another one. */
const STAND_ALONE = /^[ -~\u3400-\u9FFF]*$/;

/** Splits a text into the characters a reader sees: an emoji with its modifiers is one. */
export function graphemesOf(text: string): string[] {
  if (STAND_ALONE.test(text)) return text.split("");
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
