import { narrowFullWidth } from "../../../src/lib/full-width.ts";

test("full-width digits, letters and marks become ASCII", () => {
  expect(narrowFullWidth("１３８－Ｘｘ／＠　＋")).toBe("138-Xx/@ +");
});

test.each(["①", "½", "ﬁ", "阿卜杜拉·买买提", "𠮷", "。"])("%s is left alone", (text) => {
  expect(narrowFullWidth(text)).toBe(text);
});
