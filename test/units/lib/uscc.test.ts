import { checkUscc } from "../../../src/lib/uscc.ts";

test.each(["91350100M000100Y43", "91110108551385082Q", "91110101MA5GQQ28Y5"])(
  "%s is a credit code",
  (code) => {
    expect(checkUscc(code)).toBe("valid");
  },
);

test("a code whose sum is a multiple of 31 ends with 0", () => {
  expect(checkUscc("91310000MA1K000180")).toBe("valid");
});

test.each([
  ["91350203M0001QAY9B", "checkDigit"],
  ["91350203M0001QAY99", "valid"],
  ["91350100M000100Y44", "checkDigit"],
  ["91350100I000100Y43", "format"],
  ["91350100m000100y43", "format"],
  ["9135010", "format"],
])("%s: %s", (code, verdict) => {
  expect(checkUscc(code)).toBe(verdict);
});
