import { type Level, linesOf } from "./levels.ts";

/** What two made-up people look like at each level, written by hand; a form that stands nowhere is EXISTS or null. */
const LI = `
field               | CLEAR                 | PARTIAL             | COARSE
fullName            | 李娜                  | 李**                |
uscc                | 91350100M000100Y43    | 9****************3  |
legalRepresentative | 何秀英                | 何**                |
contactPersons      | 罗敏 采购部           |                     |
phone               | +8613812345678        | +86 138****5678     | +86 ***********
email               | li.na@example.com     | l***@example.com    |
address             | 福建省厦门市思明区湖滨南路201号 |           | 福建省 厦门市
region              | 福建省 厦门市         |                     | 福建省
idType              | CN_RESIDENT_ID        |                     | DOMESTIC
idNumber            | 11010519491231002X    | 1****************X  |
birthDate           | 1949-12-31            |                     | 1949-XX-XX
gender              | FEMALE                |                     |
nationality         | CN                    |                     |
bankName            | 中国建设银行          |                     |
bankAccount         | 6217000010000000003   | ************0003    |
accountKind         | CARD                  |                     |
taxNo               | 91110108551385082Q    | ************082Q    |
incomeBand          | 20-50万               |                     |
creditInfo          | 信用良好              |                     |
purchaseTotal       | 48620.50              |                     | 10000..50000
orderCount          | 37                    |                     | 10..50
preferences         | 户外                  |                     | LEISURE
tags                | 老客户                |                     |
healthStatus        | 高血压                |                     | CARDIOVASCULAR
disability          | 听力残疾三级          |                     |
medication          | 硝苯地平              |                     |
maritalStatus       | 丧偶                  |                     |
familyMembers       | 独居                  |                     |
familyBackground    | 教师家庭              |                     |
guardianName        | 李建国                | 李**                |
guardianPhone       | +8613712345678        | +86 137****5678     | +86 ***********
guardianRelation    | 父亲                  |                     |
kind                | INDIVIDUAL            |                     |
marketingConsent    | GIVEN                 |                     |
recordedOn          | 2019-03-11            |                     |
jurisdiction        | CN                    |                     |
`;

const OUYANG = `
field               | CLEAR                 | PARTIAL             | COARSE
fullName            | 欧阳静                | 欧阳**              |
phone               | +4915112345678        | +49 151****5678     | +49 ***********
email               | jing@example.org      | j***@example.org    |
address             | 广东省深圳市学府路88号 |                    | 广东省 深圳市
region              | 广东省 深圳市         |                     | 广东省
idType              | PASSPORT              |                     | FOREIGN
idNumber            | E12345678             | ********78          |
birthDate           | 1987-07-21            |                     | 1987-XX-XX
gender              | FEMALE                |                     |
nationality         | DE                    |                     |
bankAccount         | 6214831234567896      | ************7896    |
accountKind         | ACCOUNT               |                     |
purchaseTotal       | 0.00                  |                     | 0..100
orderCount          | 1200                  |                     | 1000..
preferences         | 母婴                  |                     | HOUSEHOLD
healthStatus        | 糖尿病                |                     | METABOLIC
kind                | INDIVIDUAL            |                     |
marketingConsent    | REFUSED               |                     |
recordedOn          | 2021-06-01            |                     |
jurisdiction        | CN                    |                     |
`;

/** A person's fields, each in the forms that show some of it. */
export type Person = ReadonlyMap<string, ReadonlyMap<Level, string>>;

/** The two people. */
export const PEOPLE: readonly Person[] = [LI, OUYANG].map(personIn);

/** The clear values of a person, as a ledger has them: a region in its two parts. */
export function recordOfPerson(person: Person): Record<string, string> {
  const clear = [...person].map(([field, forms]) => [field, forms.get("CLEAR") ?? ""]);
  const [province = "", city = ""] = person.get("region")?.get("CLEAR")?.split(" ") ?? [];
  return { ...(Object.fromEntries(clear) as Record<string, string>), province, city };
}

const DATES = ["birthDate", "recordedOn"];
const PSEUDONYM = /^tok_[A-Za-z0-9_-]{10,}$/;

/** Whether a value is what a person's field looks like at a level. */
export function isShownRight(
  shown: unknown,
  { person, field, level }: { person: Person; field: string; level: Level },
): boolean {
  const forms = person.get(field);
  if (forms === undefined || level === "NONE") return shown === null;
  if (level === "EXISTS") return shown === (DATES.includes(field) ? "XXXX-XX-XX" : "******");
  if (level !== "TOKEN") return shown === forms.get(level);
  return typeof shown === "string" && PSEUDONYM.test(shown) && shown !== forms.get("CLEAR");
}

function personIn(table: string): Person {
  return new Map(
    linesOf(table).map(([field = "", clear = "", partial = "", coarse = ""]) => {
      const forms: [Level, string][] = [
        ["CLEAR", clear],
        ["PARTIAL", partial],
        ["COARSE", coarse],
      ];
      return [field, new Map(forms.filter(([, form]) => form !== ""))];
    }),
  );
}
