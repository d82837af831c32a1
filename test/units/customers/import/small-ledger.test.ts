import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { REPORT_HEAD, reportLines } from "../../../../src/customers/import/report.ts";
import { judgeLedger, ledgerPath } from "../../../support/judge-ledger.ts";

const now = new Date("2025-06-01T00:00:00Z");
const text = readFileSync(ledgerPath("small-ledger.csv"), "utf8");
const expected = readFileSync(ledgerPath("small-ledger.expected.csv"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "custodia-ledger-"));

afterAll(() => rmSync(folder, { recursive: true }));

async function reportOn(content: Buffer): Promise<string> {
  const path = join(folder, "ledger.csv");
  writeFileSync(path, content);
  return REPORT_HEAD + reportLines(await judgeLedger({ path, now }));
}

test.each<[string, Buffer]>([
  ["UTF-8", Buffer.from(text)],
  ["UTF-8 with a byte order mark", Buffer.from("\uFEFF" + text)],
  ["UTF-16 LE", Buffer.from("\uFEFF" + text, "utf16le")],
  ["GB18030 with CRLF", iconv.encode(text.replaceAll("\n", "\r\n"), "gb18030")],
])("every row ends as expected when the file is %s", async (_, content) => {
  expect((await reportOn(content)).replace("\uFEFF", "")).toBe(expected);
});

test("tabs and semicolons part cells as well", async () => {
  const content = "customerNo;kind;fullName\nT1;INDIVIDUAL;Anna, Beispiel\n";
  expect(await reportOn(Buffer.from(content))).toContain("1,T1,ACCEPTED");
  expect(await reportOn(Buffer.from(content.replaceAll(";", "\t")))).toContain("1,T1,ACCEPTED");
});

test("the stored record holds the values in their stored form", async () => {
  const [, second] = await judgeLedger({ path: ledgerPath("small-ledger.csv"), now });
  expect(second).toMatchObject({
    record: {
      fullName: "欧阳𠮷",
      phone: "+8613900139000",
      email: "OU@example.com",
      street: '长平路"老店"2号\n二楼',
      address: '广东省汕头市龙湖区长平路"老店"2号 二楼',
      idNumber: "34052419800101001X",
      birthDate: "1980-01-01",
      accountKind: "CARD",
      bankAccount: "6222021000112233449",
      purchaseTotal: "12000.00",
      preferences: "=1+1",
      marketingConsent: "REFUSED",
      recordedOn: "2020-05-06",
    },
  });
});

test("the report holds no value, and no formula", async () => {
  const content =
    "customerNo,kind,fullName,phone\n=1+1,INDIVIDUAL,Anna,13800138000\n@x,INDIVIDUAL,Bo,0815\n";
  const report = await reportOn(Buffer.from(content));
  expect(report).toContain("1,'=1+1,ACCEPTED");
  expect(report).toContain("2,'@x,REJECTED,VALIDATION_FAILED,phone,format");
  expect(report).not.toMatch(/Anna|13800138000|0815/u);
});

test("NDJSON under our own names is read, and a broken line holds up no other", async () => {
  const outcomes = await judgeLedger({ path: ledgerPath("small-ledger.ndjson"), now });
  expect(outcomes).toMatchObject([
    {
      row: 1,
      outcome: "ACCEPTED",
      record: { preferences: "books;garden", purchaseTotal: "12.50" },
    },
    { row: 2, outcome: "ACCEPTED", record: { accountKind: "ACCOUNT" } },
    { row: 3, outcome: "REJECTED", faults: [{ column: "accountKind", fault: "required" }] },
    { row: 4, outcome: "REJECTED", faults: [{ column: "", fault: "notJson" }] },
    { row: 5, outcome: "REJECTED", faults: [{ column: "", fault: "notJson" }] },
  ]);
});
