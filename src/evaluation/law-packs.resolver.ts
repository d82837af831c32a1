import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../graphql/context.ts";
import { askedType } from "./asked-type.ts";
import { LawPackResult } from "./law-packs.types.ts";
import { readTime } from "./read-time.ts";

@Resolver()
export class LawPacksResolver {
  @Query(() => [LawPackResult], {
    description:
      "For auditors: what each law pack says at a time, every fact with its source. What a pack leaves unsaid the pack it builds on says, and at last OTHER.",
  })
  lawPacks(
    @Arg("at", () => String, {
      nullable: true,
      description: "Time in question (RFC 3339); now when left out.",
    })
    at: string | null,
    @Ctx() context: RequestContext,
  ): LawPackResult[] {
    // Whoever may ask what policy decides for others may ask what it rests on.
    askedType({ context, name: "Customer", argument: "at" });
    const time = at == null ? context.now : readTime(at, "at");
    return context.decisions.lawPacksAt(time).map(({ pack, statements }) => ({
      code: pack.code,
      about: pack.about,
      version: pack.version,
      covers: [...pack.covers],
      buildsOn: pack.buildsOn,
      facts: statements.map(({ from, ...fact }) => ({ ...fact, effectiveFrom: from })),
    }));
  }
}
