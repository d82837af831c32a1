import fc from "fast-check";

/** Values as they lie in the tables, by the kind of thing that they are. */
const TYPICAL = [
  "张伟",
  "欧阳娜娜",
  "王",
  "John Smith",
  "Müller-Lüdenscheidt",
  "Jürgen",
  "华瑞零售有限公司",
  "+8613812345678",
  "+493012345",
  "+6561234567",
  "+4915123456789",
  "zhangwei@example.com",
  "a@b.cn",
  "11010519491231002X",
  "340524800101001",
  "E12345678",
  "H1234567801",
  "6222021000112233449",
  "91350100M000100Y43",
  "T-0000001",
  "1990-05-08",
  "0",
  "12345.67",
  "-3.00",
  "99999999999.99",
  "福建省 厦门市",
  "北京市",
  "福建省厦门市思明区湖滨南路 1 号",
  "CN_RESIDENT_ID",
  "PASSPORT",
  "糖尿病",
  "Bluthochdruck",
  "母婴",
] as const;

/** What trips maskers up: nothing, blanks, one character, and characters made of several. */
const AWKWARD = [
  "",
  " ",
  "　",
  "x",
  "張",
  "𠮷",
  "𠮷野",
  "👩‍👩‍👧",
  "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧",
  "e\u0301",
  "\ud800",
  "*",
  "**",
  "***",
  "张**",
  "J*** S***",
  "******",
  "XXXX-XX-XX",
  "@",
  "a@",
  "@b",
  "+",
  "+86",
  "1e3",
  "NaN",
] as const;

/** Any text, mostly one that could lie in a table. */
export const generatedValue: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TYPICAL) },
  { weight: 3, arbitrary: fc.constantFrom(...AWKWARD) },
  fc.stringMatching(/^\+?[0-9]{1,20}$/),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
);

/** The siblings at which a rendering may look. */
export const generatedSiblings = fc.record({
  kind: fc.constantFrom("INDIVIDUAL", "ORGANISATION"),
  idType: fc.constantFrom(
    null,
    "CN_RESIDENT_ID",
    "PASSPORT",
    "HK_MACAU_TAIWAN_PERMIT",
    "FOREIGN_ID",
  ),
  region: fc.option(generatedValue),
});
