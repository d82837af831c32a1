import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { PolicyVersionRecord } from "../database/policy-version-record.ts";
import { readChangeName } from "../graphql/change-name.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { PolicyVerb } from "../policy/rule.ts";
import {
  ActivatePolicyInput,
  PolicyStepInput,
  PolicyStepPayload,
  SubmitPolicyInput,
  SubmitPolicyPayload,
  TestPolicyInput,
} from "./policy-step.inputs.ts";
import { withHistory } from "./policy-version.resolver.ts";
import { readDocuments, readNote, readTables } from "./read-files.ts";
import { requirePolicyVerb } from "./require-policy-verb.ts";
import {
  activatePolicy,
  approvePolicy,
  type AskedStep,
  retirePolicy,
  type StepWorld,
  submitPolicy,
  testPolicy,
} from "./steps.ts";

/** Cases and mutants are run, for seconds. */
const COST_OF_TEST = 20_000;

@Resolver()
export class PolicyStepResolver {
  @Mutation(() => SubmitPolicyPayload, {
    description: "Stores documents as a DRAFT, or tells what is wrong in them.",
  })
  async submitPolicy(
    @Arg("input", () => SubmitPolicyInput, { description: "The documents." })
    input: SubmitPolicyInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    requirePolicyVerb(context, "writePolicy");
    const world = worldOf(context, input);
    const { version, faults } = await submitPolicy(world, {
      documents: readDocuments(input.documents),
      note: readNote(input.note),
    });
    const policyVersion = version === null ? null : await withHistory(context, version);
    return { policyVersion, faults, clientMutationId: world.clientMutationId };
  }

  @Mutation(() => PolicyStepPayload, {
    complexity: COST_OF_TEST,
    description:
      "Runs the decision tables and every check: TESTED where nothing is found, else it stays DRAFT with the report.",
  })
  testPolicy(
    @Arg("input", () => TestPolicyInput, { description: "The version and its tables." })
    input: TestPolicyInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return taken({ context, input, verb: "writePolicy" }, (world, asked) =>
      testPolicy(world, { ...asked, cases: readTables(input.cases) }),
    );
  }

  @Mutation(() => PolicyStepPayload, {
    description: "Approves a TESTED version that somebody else wrote, else FOUR_EYES_REQUIRED.",
  })
  approvePolicy(
    @Arg("input", () => PolicyStepInput, { description: "The version." }) input: PolicyStepInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return taken({ context, input, verb: "approvePolicy" }, approvePolicy);
  }

  @Mutation(() => PolicyStepPayload, {
    description:
      "Puts an APPROVED version into force, or one again that was in force before. FOUR_EYES_REQUIRED for its author.",
  })
  activatePolicy(
    @Arg("input", () => ActivatePolicyInput, { description: "The version." })
    input: ActivatePolicyInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const replaces = input.replaces ?? null;
    return taken({ context, input, verb: "activatePolicy" }, (world, asked) =>
      activatePolicy(world, { ...asked, replaces }),
    );
  }

  @Mutation(() => PolicyStepPayload, {
    description: "Takes back a version that has not come into force.",
  })
  retirePolicy(
    @Arg("input", () => PolicyStepInput, { description: "The version." }) input: PolicyStepInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return taken({ context, input, verb: "writePolicy" }, retirePolicy);
  }
}

async function taken(
  { context, input, verb }: { context: RequestContext; input: PolicyStepInput; verb: PolicyVerb },
  step: (world: StepWorld, asked: AskedStep) => Promise<PolicyVersionRecord>,
): Promise<object> {
  requirePolicyVerb(context, verb);
  const world = worldOf(context, input);
  const { digest, expectedVersion } = input;
  const version = await step(world, { digest, expectedVersion, note: readNote(input.note) });
  const policyVersion = await withHistory(context, version);
  return { policyVersion, clientMutationId: world.clientMutationId };
}

function worldOf(
  { policyVersions, policyTester, catalog, caller, now }: RequestContext,
  { clientMutationId }: { clientMutationId?: string | null },
): StepWorld {
  return {
    versions: policyVersions,
    tester: policyTester,
    catalog,
    by: caller.id,
    via: "API",
    now,
    clientMutationId: readChangeName(clientMutationId),
  };
}
