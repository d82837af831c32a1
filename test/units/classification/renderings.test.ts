import type { RecordView, Rendering } from "../../../src/classification/rendering.ts";
import { applyRendering, maskWhole } from "../../../src/classification/rendering.ts";
import * as named from "../../../src/classification/renderings/named.ts";

type Example = [value: string, shown: string, record?: RecordView];

const COMPANY = { kind: "ORGANISATION" };
const RESIDENT = { idType: "CN_RESIDENT_ID" };

const EXAMPLES: [name: string, rendering: Rendering, examples: Example[]][] = [
  [
    "a name keeps the family name or the initials",
    named.personName,
    [
      ["张伟", "张**"],
      ["张三丰", "张**"],
      ["欧阳娜娜", "欧阳**"],
      ["欧阳", "欧**"],
      ["张", "***"],
      ["", "***"],
      ["   ", "***"],
      ["𠮷野", "𠮷**"],
      ["阿卜杜拉·买买提", "阿**"],
      ["John Smith", "J*** S***"],
      ["John Ronald Reuel Tolkien", "J*** T***"],
      ["Müller-Lüdenscheidt", "M*** L***"],
      ["Cher", "C***"],
      ["J", "***"],
      ["J S", "***"],
      ["👩‍👩‍👧👩‍👩‍👧", "***"],
    ],
  ],
  [
    "a natural person's name is one whatever the customer is",
    named.naturalPersonName,
    [["张伟", "张**", COMPANY]],
  ],
  [
    "a company's name keeps two characters",
    named.personName,
    [
      ["华瑞零售有限公司", "华瑞****", COMPANY],
      ["Huarui Retail", "Hu****", COMPANY],
      ["华瑞公司", "******", COMPANY],
    ],
  ],
  [
    "a phone keeps country, three and four digits, or only two of a short number",
    named.phone,
    [
      ["+8613812345678", "+86 138****5678"],
      ["+4915123456789", "+49 151****6789"],
      ["+6561234567", "+65 ****67"],
      ["+493012345", "+49 ****45"],
      // Ten digits: seven shown would leave a thousand candidates.
      ["+12015550123", "+1 ****23"],
      ["13812345678", "******"],
      ["", "******"],
    ],
  ],
  [
    "a phone at the lowest keeps the country",
    named.phoneCountry,
    [
      ["+8613812345678", "+86 ***********"],
      ["+6561234567", "+65 ***********"],
      ["12", "******"],
    ],
  ],
  [
    "an e-mail address keeps one character and a shared domain",
    named.email,
    [
      ["zhang@example.com", "z***@example.com"],
      ["zhang@EXAMPLE.com", "z***@example.com"],
      ["zhang@zhang-family.cn", "z***@***"],
      ["z@example.com", "***@example.com"],
      ["no address", "******"],
      ["@example.com", "******"],
    ],
  ],
  [
    "an address keeps province and city",
    named.regionOfAddress,
    [
      ["福建省厦门市思明区湖滨南路 1 号", "福建省 厦门市", { region: "福建省 厦门市" }],
      ["福建省厦门市思明区湖滨南路 1 号", "******", { region: null }],
    ],
  ],
  ["a region keeps the province", named.province, [["福建省 厦门市", "福建省"]]],
  [
    "an identity number keeps its ends, another document its last two characters",
    named.identityNumber,
    [
      ["11010519491231002X", "1****************X", RESIDENT],
      ["440524188001010014", "4****************4", RESIDENT],
      ["123", "******", RESIDENT],
      ["E12345678", "********78", { idType: "PASSPORT" }],
      ["H1234567801", "********01", { idType: "HK_MACAU_TAIWAN_PERMIT" }],
      ["E123", "******", { idType: "PASSPORT" }],
    ],
  ],
  [
    "an account keeps the last four digits, whatever its length",
    named.lastFour,
    [
      ["6222021000112233449", "************3449"],
      ["4111111111111111", "************1111"],
      ["123456789", "************6789"],
      ["12345678", "******"],
    ],
  ],
  ["a customer number keeps three characters", named.lastThree, [["T-0000001", "*******001"]]],
  [
    "a company's code keeps its ends",
    named.registerNumber,
    [
      ["91350100M000100Y43", "9****************3"],
      ["91110108551385082Q", "9****************Q"],
    ],
  ],
  [
    "a date keeps the year",
    named.year,
    [
      ["1990-05-08", "1990-XX-XX"],
      ["1990", "XXXX-XX-XX"],
      ["", "XXXX-XX-XX"],
    ],
  ],
  [
    "an amount becomes the range that holds it",
    named.amountRange,
    [
      ["12345.67", "10000..50000"],
      ["10000.00", "10000..50000"],
      ["9999.99", "5000..10000"],
      ["0", "0..100"],
      ["-3.00", "..0"],
      ["99999999.00", "10000000.."],
      ["", "******"],
      ["many", "******"],
    ],
  ],
  [
    "a count becomes the range that holds it",
    named.countRange,
    [
      ["0", "0..1"],
      ["12", "10..50"],
      ["4000", "1000.."],
    ],
  ],
  [
    "a state of health becomes its group",
    named.healthGroup,
    [
      ["糖尿病", "METABOLIC"],
      ["Bluthochdruck", "CARDIOVASCULAR"],
      ["something rare", "OTHER"],
    ],
  ],
  [
    "a preference becomes its group",
    named.preferenceGroup,
    [
      ["户外装备", "LEISURE"],
      ["stamps", "OTHER"],
    ],
  ],
  [
    "a document becomes domestic or foreign",
    named.documentGroup,
    [
      ["CN_RESIDENT_ID", "DOMESTIC"],
      ["PASSPORT", "FOREIGN"],
      ["LIBRARY_CARD", "******"],
    ],
  ],
];

describe.each(EXAMPLES)("%s", (_name, rendering, examples) => {
  test.each(examples)("%s -> %s", (value, shown, record = {}) => {
    expect(rendering.render(value, record)).toBe(shown);
  });
});

test.each(Object.entries(named))(
  "%s is described by an example that it could have made",
  (name, rendering) => {
    const shown = EXAMPLES.filter(([, one]) => one === rendering).flatMap(
      ([, , examples]) => examples,
    );
    const forms = shown.map(([, form]) => patternOf(form));
    expect([name, forms]).toEqual([name, expect.arrayContaining([patternOf(rendering.example)])]);
  },
);

test("a rendering that would be the value itself is replaced by the full mask", () => {
  const show = (value: string) =>
    applyRendering({ rendering: named.province, value, record: {}, shape: "text" });
  expect(show("北京市")).toBe("******");
  expect(show("福建省 厦门市")).toBe("福建省");
});

test("a value that is written like its mask becomes nothing", () => {
  expect(maskWhole("******", "text")).toBeNull();
  expect(maskWhole("XXXX-XX-XX", "date")).toBeNull();
  expect(maskWhole("1990-05-08", "date")).toBe("XXXX-XX-XX");
});

/** Which kinds of characters stand where. */
function patternOf(text: string): string {
  return text
    .replace(/[0-9]/g, "9")
    .replace(/[A-Z]/g, "A")
    .replace(/\p{Script=Han}/gu, "张");
}
