using System.Collections.Immutable;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Tlb;

/// <summary>The helper that has begun the gather last, or that has finished it; null as long as neither has been called.</summary>
internal sealed record HelpedGather(CallExpression? Begin, CallExpression? Finish)
{
    public static readonly HelpedGather None = new(null, null);
}

/// <summary>
/// Follows a gather to which a record leads, where helpers of the file begin and finish it: <c>madvise_init_tlb(&amp;madv_behavior)</c>. Both decide by the record whether there is one
/// at all, so that calls in pairs are right whatever it says.
/// </summary>
internal sealed class GatherHelpers : PathAnalysis<HelpedGather>
{
    private readonly HelperNames names;
    private readonly Action<CallExpression, ReturnStatement?> unfinished;
    private readonly Action<CallExpression, CallExpression> finishedTwice;

    private GatherHelpers(FunctionAnalysisContext context, HelperNames names, Action<CallExpression, ReturnStatement?> unfinished, Action<CallExpression, CallExpression> finishedTwice)
        : base(ControlFlowGraph.Create(context.Function)) => (this.names, this.unfinished, this.finishedTwice) = (names, unfinished, finishedTwice);

    /// <summary>Follows a function that calls such helpers.</summary>
    /// <param name="context">The function.</param>
    /// <param name="unfinished">Gets a begin after which a path leaves, and the return.</param>
    /// <param name="finishedTwice">Gets a finish that comes after another one, and that one.</param>
    public static void Run(FunctionAnalysisContext context, Action<CallExpression, ReturnStatement?> unfinished, Action<CallExpression, CallExpression> finishedTwice)
    {
        var helpers = context.Facts.Get(static unit => new HelperNames(unit));
        if (helpers.AreInUse && !helpers.Begins(context.Function.Name) && context.Function.Body.DescendantsAndSelf<CallExpression>().Any(helpers.Begins))
        {
            new GatherHelpers(context, helpers, unfinished, finishedTwice).Run(HelpedGather.None);
        }
    }

    protected override IEnumerable<Path<HelpedGather>> Visit(Path<HelpedGather> path, Node node)
    {
        if (node is CallExpression call)
        {
            if (names.Begins(call))
            {
                path = path with { Protocol = new HelpedGather(call, null) };
            }
            else if (names.Finishes(call))
            {
                if (path.Protocol.Finish is { } earlier)
                {
                    finishedTwice(call, earlier);
                }

                path = path with { Protocol = new HelpedGather(null, call) };
            }
        }

        return base.Visit(path, node);
    }

    protected override void AtExit(Path<HelpedGather> path, ReturnStatement? @return)
    {
        if (path.Protocol.Begin is { } begin)
        {
            unfinished(begin, @return);
        }
    }

    /// <summary>The functions of a file that begin, or finish, a gather to which a member of what a parameter points to leads, and those that pass their parameter on to one.</summary>
    private sealed class HelperNames(TranslationUnit unit)
    {
        private readonly ImmutableHashSet<string> begin = Those(unit, "tlb_gather_mmu", "tlb_finish_mmu");
        private readonly ImmutableHashSet<string> finish = Those(unit, "tlb_finish_mmu", "tlb_gather_mmu");

        public bool AreInUse => !begin.IsEmpty && !finish.IsEmpty;

        public bool Begins(CallExpression call) => call.Function is { } function && Begins(function.Name);

        /// <summary>True for a helper, whose callers answer for the gather.</summary>
        public bool Begins(string function) => begin.Contains(function);

        public bool Finishes(CallExpression call) => call.Function is { } function && finish.Contains(function.Name);

        private static ImmutableHashSet<string> Those(TranslationUnit unit, string what, string butNot)
        {
            var calls = unit.Functions.DistinctBy(static function => function.Name)
                .ToDictionary(static function => function.Name, static function => function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is not null).ToList(), StringComparer.Ordinal);
            var others = calls.Where(pair => pair.Value.Exists(call => call.Function!.Name == butNot)).Select(static pair => pair.Key).Append(butNot).ToHashSet(StringComparer.Ordinal);
            ImmutableHashSet<string> those = [.. calls.Where(pair => !others.Contains(pair.Key) && pair.Value.Exists(IsOfMember)).Select(static pair => pair.Key)];
            while (calls.Keys.Where(name => !those.Contains(name) && PassesOn(calls[name])).ToList() is { Count: > 0 } more)
            {
                those = those.Union(more);
            }

            return those;

            bool IsOfMember(CallExpression call) =>
                call.Function!.Name == what && call.Arguments is [{ Unwrapped: MemberExpression { IsArrow: true, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } } } }, ..];

            bool PassesOn(List<CallExpression> called) =>
                called.Exists(call => those.Contains(call.Function!.Name) && call.Arguments is [{ Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } } }, ..])
                && !called.Exists(call => others.Contains(call.Function!.Name));
        }
    }
}
