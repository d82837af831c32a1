import type { FieldDefinition } from "../classification/catalog.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { askedCase } from "./asked-case.ts";
import { askedType } from "./asked-type.ts";
import { judgeRow, type RowJudgement } from "./judge-row.ts";
import { noteEvaluation } from "./note-evaluation.ts";
import type { AccessQuestion } from "./questions.ts";

/** What policy decides in a supposed case, and by which version of it. */
export interface AccessOutcome extends RowJudgement {
  readonly policyVersion: string;
  readonly lawPack: string | null;
  readonly at: Date;
}

/**
 * What the function that guards every answer decides for somebody else about a row and its fields.
 *
 * @throws PURPOSE_REQUIRED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT
 */
export async function evaluateAccess({
  question,
  fields: names,
  context,
}: {
  question: AccessQuestion;
  /** All of them where left out. */
  fields?: readonly string[] | null | undefined;
  context: RequestContext;
}): Promise<AccessOutcome> {
  const { resource } = question;
  const type = askedType({ context, name: resource.type, argument: "resource.type" });
  const { subject, at, supposed, row } = await askedCase(question, context);
  const fields = (names ?? [...type.fields.keys()]).map((name): FieldDefinition => {
    const field = type.fields.get(name);
    if (field === undefined) throw publicError("BAD_USER_INPUT", { field: "fields" });
    return field;
  });
  const judged = judgeRow({ supposed, type, row, fields });
  noteEvaluation({
    context,
    question: {
      operation: "evaluateAccess",
      type: type.name,
      rowId: resource.id ?? null,
      subjectId: question.caller == null ? null : subject.id,
      purpose: question.purpose,
      at,
      action: null,
      fields: fields.map(({ name }) => name),
    },
    outcome: { isGiven: null, ...judged, found: null },
  });
  const { policyVersion, lawPack } = supposed;
  return { ...judged, policyVersion, lawPack, at };
}
