import { types } from "pg";

const { DATE, NUMERIC } = types.builtins;
const TEXT_ARRAY = 1009;
const UUID_ARRAY = 2951;
const DATE_ARRAY = 1182;
const NUMERIC_ARRAY = 1231;

/**
 * A date is a day without a time zone and a numeric has more digits than a double, so both stay
 * text. Set for our statements alone; `pg` shares its global parsers with everybody.
 */
const PARSED_AS: ReadonlyMap<number, number> = new Map([
  [DATE, types.builtins.TEXT],
  [NUMERIC, types.builtins.TEXT],
  [DATE_ARRAY, TEXT_ARRAY],
  [NUMERIC_ARRAY, TEXT_ARRAY],
]);

/** Lists that are kept parsed; when there are more, all are forgotten and the next ones are kept. */
const MOST_KEPT = 2_000;
/** Longer ones are kept by nobody: 2,000 of this length are 8 MB. */
const LONGEST_KEPT = 4_000;

type Parse = (text: string) => unknown;

/** Most rows have the same few lists of purposes, transfers and agents: each is parsed once and shared, frozen. */
function parsedOnce(parse: Parse): Parse {
  const kept = new Map<string, unknown>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const value = Object.freeze(parse(text));
    if (text.length > LONGEST_KEPT) return value;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(text, value);
    return value;
  };
}

const LISTS = new Map<number, Parse>(
  [TEXT_ARRAY, UUID_ARRAY].map((oid) => [oid, parsedOnce(types.getTypeParser(oid) as Parse)]),
);

/** How values of results are parsed. Lists are frozen, because rows share them. */
export const VALUE_PARSERS = {
  getTypeParser: (oid: number, format?: "text" | "binary"): Parse => {
    const parsedAs = PARSED_AS.get(oid) ?? oid;
    return LISTS.get(parsedAs) ?? (types.getTypeParser(parsedAs, format as "text") as Parse);
  },
};
