import fc from "fast-check";
import { type FieldDefinition, renderableAt } from "../../src/classification/catalog.ts";
import { DISCLOSURES } from "../../src/classification/disclosure.ts";
import { applyRendering, type Rendering } from "../../src/classification/rendering.ts";
import * as named from "../../src/classification/renderings/named.ts";
import { existenceMask, FULL_MASK } from "../../src/classification/shape.ts";
import { generatedSiblings, generatedValue } from "../support/generated-values.ts";
import { BASE_CUSTOMER, CUSTOMER } from "../support/policy-world.ts";
import { propertyRuns } from "../support/runs.ts";
import { shownAs } from "../support/shown-as.ts";

/** Fields whose values are text in the tables; flags, enums, lists and relations have no renderings. */
const FIELDS = [...CUSTOMER.fields.values()].filter(({ shape }) => existenceMask(shape) !== null);
const BELOW_CLEAR = DISCLOSURES.filter((level) => level !== "CLEAR");
const runs = { numRuns: propertyRuns(1_000) };
const character = fc.string({ unit: "binary", minLength: 1, maxLength: 1 });

describe.each(FIELDS)("$name", (field) => {
  test("is shown at every level, whatever the value, and below CLEAR never as it is", () => {
    fc.assert(
      fc.property(generatedValue, generatedSiblings, (value, siblings) => {
        const row = { ...BASE_CUSTOMER, ...siblings, [field.name]: value };
        for (const level of BELOW_CLEAR) {
          const disclosure = renderableAt(field, level);
          const shown = shownAs({ field, row, verdict: { disclosure } });
          if (disclosure === "NONE") expect(shown).toBeNull();
          else expectShown({ shown, value, field, isStandIn: disclosure === "EXISTS" });
        }
      }),
      { numRuns: propertyRuns(100) },
    );
  });

  test("is null at every level where there is no value, also where it is said to exist", () => {
    const row = { ...BASE_CUSTOMER, [field.name]: null };
    for (const level of DISCLOSURES) {
      const disclosure = renderableAt(field, level);
      expect(shownAs({ field, row, verdict: { disclosure } })).toBeNull();
    }
  });
});

describe("a constant length", () => {
  const lengths: [string, Rendering, object, number][] = [
    ["a resident number", named.identityNumber, { idType: "CN_RESIDENT_ID" }, 18],
    ["another document", named.identityNumber, { idType: "PASSPORT" }, 10],
    ["a register number", named.registerNumber, {}, 18],
    ["an account", named.lastFour, {}, 16],
    ["a customer number", named.lastThree, {}, 10],
  ];
  test.each(lengths)("is that of %s, or of the full mask", (_name, rendering, record, length) => {
    fc.assert(
      fc.property(generatedValue, (value) => {
        const shown = rendering.render(value, record as Record<string, unknown>);
        expect(shown === FULL_MASK || Array.from(shown).length === length).toBe(true);
      }),
      runs,
    );
  });

  test("is that of what exists, and of every pseudonym", () => {
    fc.assert(
      fc.property(fc.constantFrom(...FIELDS), generatedValue, (field, value) => {
        const row = { ...BASE_CUSTOMER, [field.name]: value };
        const mask = existenceMask(field.shape);
        const exists = shownAs({ field, row, verdict: { disclosure: "EXISTS" } });
        // A clear column that holds the mask itself shows nothing rather than its value.
        expect(exists).toBe(value === mask && !field.isSealed ? null : mask);
        if (!field.token) return;
        const token = shownAs({ field, row, verdict: { disclosure: "TOKEN" } });
        expect(token).toMatch(/^tok_[\w-]{22}$/);
        expect(shownAs({ field, row, verdict: { disclosure: "TOKEN" } })).toBe(token);
      }),
      runs,
    );
  });
});

describe("what a rendering hides has no influence on it", () => {
  /** Shown parts around a hidden one of at least so many characters. */
  const kept: [
    string,
    Rendering,
    { record: object; first: number; last: number; hidden: number },
  ][] = [
    [
      "resident number",
      named.identityNumber,
      { record: { idType: "CN_RESIDENT_ID" }, first: 1, last: 1, hidden: 4 },
    ],
    [
      "other document",
      named.identityNumber,
      { record: { idType: "PASSPORT" }, first: 0, last: 2, hidden: 3 },
    ],
    ["register number", named.registerNumber, { record: {}, first: 1, last: 1, hidden: 4 }],
    ["account", named.lastFour, { record: {}, first: 0, last: 4, hidden: 5 }],
    ["customer number", named.lastThree, { record: {}, first: 0, last: 3, hidden: 3 }],
  ];
  test.each(kept)("%s", (_name, rendering, { record, first, last, hidden }) => {
    const some = (length: number): fc.Arbitrary<string> =>
      fc.array(character, { minLength: length, maxLength: length }).map((parts) => parts.join(""));
    const anything = fc
      .array(character, { minLength: hidden, maxLength: 20 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(some(first), anything, anything, some(last), (start, one, other, end) => {
        const show = (middle: string): string =>
          rendering.render(start + middle + end, record as Record<string, unknown>);
        expect(show(one)).toBe(show(other));
      }),
      runs,
    );
  });

  test("phone: at least four digits are hidden, and none of them matters", () => {
    const digits = fc.stringMatching(/^[0-9]{4}$/);
    const line = fc.constantFrom("3", "5", "8");
    fc.assert(
      fc.property(line, digits, digits, digits, (second, one, other, end) => {
        const show = (middle: string): string =>
          named.phone.render(`+861${second}8${middle}${end}`, {});
        expect(show(one)).toBe(`+86 1${second}8****${end}`);
        expect(show(other)).toBe(show(one));
      }),
      runs,
    );
  });

  test("e-mail: neither the rest of the name nor a domain of one's own matters", () => {
    const rest = fc.stringMatching(/^[a-z0-9.]{1,20}$/);
    const domain = fc.stringMatching(/^[a-z]{3,10}\.dev$/);
    fc.assert(
      fc.property(rest, rest, domain, domain, (one, other, home, office) => {
        expect(named.email.render(`z${one}@${home}`, {})).toBe("z***@***");
        expect(named.email.render(`z${other}@${office}`, {})).toBe("z***@***");
      }),
      runs,
    );
  });

  test("name: the given name doesn't matter, and not how long it is", () => {
    const given = fc
      .array(fc.constantFrom("伟", "娜", "子", "轩", "𠮷"), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(given, (rest) => {
        expect(named.personName.render(`张${rest}`, {})).toBe("张**");
        expect(named.personName.render(`欧阳${rest}`, {})).toBe("欧阳**");
      }),
      runs,
    );
  });
});

describe("a lower rendering shows nothing that a higher one hides", () => {
  const nested = FIELDS.filter(({ renderings: { PARTIAL, COARSE } }) => PARTIAL && COARSE);

  test("the fields with two renderings are those whose nesting is tried here", () => {
    expect(nested.map(({ name }) => name)).toEqual(["phone", "guardianPhone"]);
  });

  // COARSE is a function of PARTIAL: whoever has PARTIAL could make it, so it tells nothing more.
  test.each(nested)("$name: equal at PARTIAL is equal at COARSE", (field) => {
    const number = fc.stringMatching(/^\+(86|49|1|65)[0-9]{8,11}$/);
    fc.assert(
      fc.property(number, fc.nat(), fc.nat(9), (value, n, digit) => {
        const at = 4 + (n % (value.length - 4));
        const other = `${value.slice(0, at)}${digit}${value.slice(at + 1)}`;
        fc.pre(renderedAt(field, "PARTIAL", value) === renderedAt(field, "PARTIAL", other));
        expect(renderedAt(field, "COARSE", other)).toBe(renderedAt(field, "COARSE", value));
      }),
      runs,
    );
  });

  test.each(nested)("$name: every character shown at COARSE is shown at PARTIAL", (field) => {
    fc.assert(
      fc.property(generatedValue, (value) => {
        const [coarse] = (renderedAt(field, "COARSE", value) ?? "").split("*");
        const partial = renderedAt(field, "PARTIAL", value) ?? "";
        expect(partial.slice(0, coarse?.length)).toBe(coarse);
      }),
      runs,
    );
  });

  // Six and four digits of a number beside a year of birth leave 34 candidates (domain 5.3, rule 4).
  test("a resident number shows two characters at most, so that its owner's year may be shown", () => {
    fc.assert(
      fc.property(generatedValue, (value) => {
        const shown = named.identityNumber.render(value, { idType: "CN_RESIDENT_ID" });
        const visible = Array.from(shown).slice(1, -1);
        expect(new Set(visible)).toEqual(new Set("*"));
      }),
      runs,
    );
  });
});

function expectShown({
  shown,
  value,
  field,
  isStandIn,
}: {
  shown: unknown;
  value: string;
  field: FieldDefinition;
  isStandIn: boolean;
}): void {
  // What stands for every value of a sealed field says nothing, even where one is written like it.
  if (isStandIn && field.isSealed) return expect(shown).toBe(existenceMask(field.shape));
  expect(shown).not.toBe(value);
  expect(shown === null || typeof shown === "string").toBe(true);
  expect(shown).not.toBe("");
}

function renderedAt(
  field: FieldDefinition,
  level: "PARTIAL" | "COARSE",
  value: string,
): string | null {
  const rendering = field.renderings[level] as Rendering;
  return applyRendering({ rendering, value, record: {}, shape: field.shape });
}
