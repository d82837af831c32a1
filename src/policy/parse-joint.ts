import { DISCLOSURES } from "../classification/disclosure.ts";
import { JOINT_KEYS } from "./document-keys.ts";
import type { Section } from "./document.ts";
import type { Words } from "./known-attributes.ts";
import { codeOf } from "./parse-base.ts";
import type { JointCap } from "./joint-caps.ts";
import { ALWAYS_TEMPLATE } from "./template.ts";

/** `joint:` entries: what caps a field beside another one of the same row. */
export function parseJointCap(section: Section, words: Words): JointCap {
  section.allowOnly(JOINT_KEYS);
  const type = section.has("type") ? section.word("type", words.catalog.keys()) : "Customer";
  const names = [...(words.catalog.get(type ?? "")?.fields.keys() ?? [])];
  const field = section.word("field", names) ?? "";
  return {
    kind: "stop",
    id: `joint/${section.text("id")}`,
    about: section.text("about"),
    types: type === null ? [] : [type],
    caller: ALWAYS_TEMPLATE,
    when: ALWAYS_TEMPLATE,
    stage: "COMBINE",
    reason: codeOf(section, "reason"),
    source: section.text("source"),
    spare: section.has("spare") ? section.text("spare") : null,
    fields: { names: [field] },
    atMost: section.word("at-most", DISCLOSURES) ?? "NONE",
    beside: besideOf({ section, names, field }),
    file: section.file,
    line: section.line,
  };
}

/** `beside: { birthDate: CLEAR }`: the other field, and the level from which on it counts. */
function besideOf({
  section,
  names,
  field,
}: {
  section: Section;
  names: readonly string[];
  field: string;
}): JointCap["beside"] {
  const nowhere = { field: "", level: "CLEAR" } as const;
  const beside = section.section("beside");
  if (beside === null) {
    section.fault('A joint cap says "beside" which field it holds.');
    return nowhere;
  }
  beside.allowOnly(names);
  const [other, ...more] = beside.keys;
  if (other === undefined || more.length > 0 || other === field) {
    beside.fault('"beside" names one other field.');
    return nowhere;
  }
  const levels = DISCLOSURES.filter((level) => level !== "NONE");
  return { field: other, level: beside.word(other, levels) ?? "CLEAR" };
}
