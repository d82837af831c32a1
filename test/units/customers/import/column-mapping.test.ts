import { bindColumns } from "../../../../src/customers/import/bound-columns.ts";
import { readColumnMapping } from "../../../../src/customers/import/column-mapping.ts";
import { chineseMapping } from "../../../support/judge-ledger.ts";

const own = ["customerNo", "kind", "fullName"];
const read = (text: string) => readColumnMapping({ text, path: "map.yaml" });

test("our own field names need no mapping", () => {
  const { read: readRow } = bindColumns({ headings: own, mapping: read("{}") });
  expect(readRow(["K1", "INDIVIDUAL", "Anna"])).toEqual({
    customerNo: "K1",
    kind: "INDIVIDUAL",
    fullName: "Anna",
  });
});

test("words are translated, and a heading settles other fields where its cell is filled", async () => {
  const headings = ["客户编号", "客户类型", "姓名", "银行卡号"];
  const { read: readRow, headingOf } = bindColumns({ headings, mapping: await chineseMapping() });
  expect(readRow(["K1", " 企业 ", "远山", "62"])).toMatchObject({
    kind: "ORGANISATION",
    accountKind: "CARD",
  });
  expect(readRow(["K1", "别的", "远山", " "])).not.toHaveProperty("accountKind");
  expect(readRow(["K1", "别的", "远山", ""])).toMatchObject({ kind: "别的" });
  expect(headingOf("fullName")).toBe("姓名");
  expect(headingOf("guardianName")).toBe("guardianName");
});

test("a mapping file may be JSON", () => {
  const mapping = read(
    '{ "country": "DE", "columns": { "Name": "fullName" }, "ignore": ["Notiz"] }',
  );
  expect(mapping.country).toBe("DE");
  expect(mapping.columns.get("Name")).toMatchObject({ field: "fullName" });
});

test.each([
  [
    "columns: { 姓名: fulName }",
    'map.yaml: columns.姓名: "fulName" is no field of a customer. Did you mean "fullName"?',
  ],
  [
    "columns: { 卡: { field: bankAccount, sets: { acountKind: CARD } } }",
    '"acountKind" is no field of a customer. Did you mean "accountKind"?',
  ],
  ["country: XX", "map.yaml: country: is no country code"],
  ["colums: {}", "map.yaml: "],
  ["columns: [", "map.yaml: "],
])("a mapping that can't be meant is refused: %s", (text, message) => {
  expect(() => read(text)).toThrow(message);
});

test.each([
  [["fullNam"], 'Unknown column "fullNam". Did you mean "fullName"?'],
  [["指纹模板"], 'Column "指纹模板" looks like biometric data, which is never stored.'],
  [["religion"], 'Column "religion" looks like religion, which is never stored.'],
  [["phone", "phone"], 'Columns "phone" and "phone" are both the field phone.'],
])("columns that can't be taken stop the import: %j", (headings, message) => {
  expect(() => bindColumns({ headings: [...own, ...headings], mapping: read("{}") })).toThrow(
    message,
  );
});

test("religion stays out even when a mapping names or ignores it", () => {
  const mapping = read("{ columns: { religion: tags }, ignore: [宗教] }");
  for (const heading of ["religion", "宗教"]) {
    expect(() => bindColumns({ headings: [...own, heading], mapping })).toThrow("never stored");
  }
});

test("all problems of a file are told together", () => {
  expect(() => bindColumns({ headings: ["fullName", "x1", "x2"], mapping: read("{}") })).toThrow(
    /x1[^]*x2[^]*customerNo[^]*kind/u,
  );
});
