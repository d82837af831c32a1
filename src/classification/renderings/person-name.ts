import { graphemesOf } from "../../lib/graphemes.ts";

/** Two-character family names that would be cut in half by "keep the first character". */
const COMPOUND_SURNAMES = new Set(
  "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 百里 呼延 东郭 南门 羊舌 微生 左丘 谷梁 拓跋 段干".split(
    " ",
  ),
);

const HAN = /^\p{Script=Han}/u;

/**
 * Keeps the family name of a Chinese name (`张**`, `欧阳**`), or the first letter of the first and
 * the last word of any other (`J*** S***`). The number of stars is fixed, so the length of the
 * name is not told; a name of one character or one without a letter is hidden whole.
 *
 * Source: domain 5.1 and 5.3, rules 1 and 2.
 */
export function renderPersonName(name: string): string {
  const characters = graphemesOf(name.trim());
  if (characters.length < 2) return "***";
  if (HAN.test(name.trim())) {
    const firstTwo = characters.slice(0, 2).join("");
    const isCompound = COMPOUND_SURNAMES.has(firstTwo) && characters.length > 2;
    return `${isCompound ? firstTwo : characters[0]}**`;
  }
  const words = name.split(/[^\p{L}\p{M}]+/u).filter((word) => graphemesOf(word).length > 1);
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .filter((word) => word !== undefined)
    .map((word) => `${graphemesOf(word)[0]}***`);
  return initials.length === 0 ? "***" : initials.join(" ");
}
