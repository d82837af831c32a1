import { readNationalId } from "../../../src/lib/national-id.ts";

test.each([
  ["11010519491231002X", "1949-12-31", "FEMALE"],
  ["440524188001010014", "1880-01-01", "MALE"],
  ["34052419800101001X", "1980-01-01", "MALE"],
  ["110101199003070011", "1990-03-07", "MALE"],
  ["310115201202290012", "2012-02-29", "MALE"],
])("%s is a citizen number: born %s, %s", (number, birthDate, gender) => {
  expect(readNationalId(number)).toEqual({ id: { number, birthDate, gender, regionKnown: true } });
});

test("a lower-case x is the check sign X", () => {
  expect(readNationalId("11010519491231002x")).toEqual(readNationalId("11010519491231002X"));
});

test.each([
  ["340524198001010013", "checkDigit"],
  ["31011520130229001X", "noSuchDate"],
  ["310115201302290011", "checkDigit"],
  ["110105491231002", "format"],
  ["1101051949123100XX", "format"],
  ["１１０１０５１９４９１２３１００２X", "format"],
  ["", "format"],
])("%s is refused: %s", (number, fault) => {
  expect(readNationalId(number)).toEqual({ fault });
});

test("a province code that is not in use is a hint, not a fault", () => {
  expect(readNationalId("990101199003070015")).toMatchObject({ id: { regionKnown: false } });
});
