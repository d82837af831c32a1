import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { askedType } from "./asked-type.ts";
import { ExplainAccessInput } from "./evaluation.inputs.ts";
import { AccessExplanationResult } from "./explanation.types.ts";
import { readTime } from "./read-time.ts";
import { supposedRow } from "./supposed-row.ts";
import { supposedSubject } from "./supposed-subject.ts";

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
    const at = input.at == null ? context.now : readTime(input.at, "at");
    const subject = await supposedSubject({ input, context, at });
    const row = await supposedRow({ resource: input.resource, context });
    const supposed = context.decisionsFor(subject, at);
    const { isVisible, verdict, rowRules, fieldRules, remedies, auditorText, callerText } =
      supposed.explain(row, field);
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
