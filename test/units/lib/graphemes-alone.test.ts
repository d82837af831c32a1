import fc from "fast-check";
import { graphemesOf } from "../../../src/lib/graphemes.ts";

test("characters that stand alone are split as the segmenter splits them", () => {
  const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
  const sign = fc.oneof(
    fc.integer({ min: 0x20, max: 0x7e }),
    fc.integer({ min: 0x3400, max: 0x9fff }),
    fc.constantFrom(0x200d, 0x301, 0xfe0f, 0x1f468, 0x0d, 0x0a),
  );
  const text = fc.array(sign, { maxLength: 12 }).map((points) => String.fromCodePoint(...points));
  fc.assert(
    fc.property(text, (any) => {
      expect(graphemesOf(any)).toEqual(
        Array.from(segmenter.segment(any), ({ segment }) => segment),
      );
    }),
    { numRuns: 2_000 },
  );
});
