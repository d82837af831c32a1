import { holdsMaskSign, looksMasked } from "../../../src/lib/looks-masked.ts";

test.each([
  "138****5678",
  "138＊＊＊＊5678",
  "6****************1",
  "6****…1",
  "6222…1234",
  "6222 .... 1234",
  "••••",
  "*",
  "张**",
  "欧阳**",
  "J*** S***",
  "z***@example.com",
  "+86 138****5678",
  "138XXXX5678",
  "138xxxx5678",
  "6222 XXXX XXXX 1234",
  "XXX",
  "1990-XX-XX",
  "110105********002X",
  "●●●●1234",
  "* * * *",
  "tok_G9Eo73TD00KLDrIMNnTRKg",
  "tok_G9Eo73TD00KLDrIMNnTRKg 采购部",
])("%s is a mask", (text) => {
  expect(looksMasked(text)).toBe(true);
});

test.each([
  "",
  "13812345678",
  "11010519491231002X",
  "阿卜杜拉·买买提",
  "XXXLutz KG",
  "Max Xaver",
  "5*酒店",
  "10*20",
  "高血压……糖尿病",
  "see above... 12",
  "12月...3月 休假",
  "=cmd|'/C calc'!A0",
  "a.b.c@example.com",
  "1990-01-01",
  "X1234567",
  "tok_1",
  "stok_G9Eo73TD00KLDrIMNnTRKg",
])("%s is a value", (text) => {
  expect(looksMasked(text)).toBe(false);
});

test("a single star counts where none belongs", () => {
  expect(holdsMaskSign("张*")).toBe(true);
  expect(holdsMaskSign("阿卜杜拉·买买提")).toBe(false);
});

test("a long run takes no long time", () => {
  const start = performance.now();
  for (const text of [
    "X".repeat(200_000) + "!",
    "*".repeat(200_000),
    "1" + ".".repeat(200_000),
    "1".repeat(200_000),
  ]) {
    looksMasked(text);
  }
  expect(performance.now() - start).toBeLessThan(1_000);
});
