const FULL_WIDTH = /[\uFF01-\uFF5E\u3000]/g;
const IDEOGRAPHIC_SPACE = "\u3000";
/** U+FF01 to U+FF5E repeat ASCII 0x21 to 0x7E at this distance. */
const DISTANCE = 0xfee0;

/**
 * Narrows full-width ASCII (`１３８`, `Ｘ`, `／`) and the ideographic space; everything else stays.
 *
 * For coded values only. In names and addresses the full-width comma is correct punctuation,
 * and full NFKC would also turn `①` into `1`, which nobody typed as a digit.
 */
export function narrowFullWidth(text: string): string {
  return text.replace(FULL_WIDTH, (wide) =>
    wide === IDEOGRAPHIC_SPACE ? " " : String.fromCharCode(wide.charCodeAt(0) - DISTANCE),
  );
}
