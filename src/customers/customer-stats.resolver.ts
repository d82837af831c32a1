import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../graphql/context.ts";
import { CustomerFilter } from "./customer.types.ts";
import { CustomerGroupField, CustomerStats } from "./customer-stats.types.ts";

/** Price of looking at every customer in reach, in fields. */
const PRICE_OF_A_SCAN = 50;

@Resolver(() => CustomerStats)
export class CustomerStatsResolver {
  @Query(() => CustomerStats, {
    description:
      "Counts of the customers that the caller may see or count. A field of `filter` or `groupBy` is read: where the caller may read it on some customers only, those are counted.",
    complexity: ({ childComplexity }) => PRICE_OF_A_SCAN + childComplexity,
  })
  async customerStats(
    @Arg("filter", () => CustomerFilter, { nullable: true, description: "Which customers." })
    filter: object | null | undefined,
    @Arg("groupBy", () => [CustomerGroupField], {
      nullable: true,
      description: "What the customers of a group have in common; one group of all unless told.",
    })
    groupBy: string[] | null | undefined,
    @Ctx() { rows }: RequestContext,
  ): Promise<CustomerStats> {
    const counts = await rows.countGroups({
      type: "Customer",
      filter: filter as Readonly<Record<string, unknown>> | null | undefined,
      by: groupBy ?? [],
    });
    return {
      totalCount: counts.total,
      smallestGroup: counts.smallest,
      groups: counts.groups.map(({ values, count }) => ({
        count,
        keys: counts.by.map(({ field, level }, at) => ({
          field,
          disclosure: level,
          value: values[at] ?? null,
        })),
      })),
    };
  }
}
