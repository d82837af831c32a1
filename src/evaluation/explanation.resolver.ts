import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { askedCase } from "./asked-case.ts";
import { askedType } from "./asked-type.ts";
import { ExplainAccessInput } from "./evaluation.inputs.ts";
import { AccessExplanationResult } from "./explanation.types.ts";
import { noteEvaluation } from "./note-evaluation.ts";

/** The search for what would change a decision weighs some hundred others. */
const COST = 5_000;

@Resolver()
export class ExplanationResolver {
  @Query(() => AccessExplanationResult, {
    complexity: COST,
    description:
      "For auditors: every rule behind one decision, clause by clause, and what would change it. Never a value.",
  })
  async explainAccess(
    @Arg("input", () => ExplainAccessInput, { description: "The question." })
    input: ExplainAccessInput,
    @Ctx() context: RequestContext,
  ): Promise<AccessExplanationResult> {
    const type = askedType({ context, name: input.resource.type, argument: "resource.type" });
    const field = type.fields.get(input.field);
    if (field === undefined) throw publicError("BAD_USER_INPUT", { field: "field" });
    const { subject, at, row, supposed } = await askedCase(input, context);
    const { isVisible, verdict, rowRules, fieldRules, remedies, auditorText, callerText } =
      supposed.explain(row, field);
    noteEvaluation({
      context,
      question: {
        operation: "explainAccess",
        type: type.name,
        rowId: input.resource.id ?? null,
        subjectId: input.caller == null ? null : subject.id,
        purpose: input.purpose,
        at,
        action: null,
        fields: [field.name],
      },
      outcome: {
        isGiven: null,
        row: supposed.rowVerdict(type.name, row),
        fields: [{ field: field.name, ...verdict }],
        found: null,
      },
    });
    return {
      policyVersion: supposed.policyVersion,
      lawPack: supposed.lawPack,
      at,
      visible: isVisible,
      ...verdict,
      rowRules: rowRules.map((rule) => ({ ...rule, clauses: [...rule.clauses] })),
      fieldRules: fieldRules.map((rule) => ({ ...rule, clauses: [...rule.clauses] })),
      remedies: remedies.map((one) => ({ ...one, changes: [...one.changes] })),
      auditorText,
      callerText,
    };
  }
}
