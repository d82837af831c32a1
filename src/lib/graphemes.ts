const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Splits a text into the characters a reader sees: an emoji with its modifiers is one. */
export function graphemesOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
