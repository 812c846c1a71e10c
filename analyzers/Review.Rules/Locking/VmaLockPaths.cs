using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;

namespace Review.Rules.Locking;

/// <summary>The call by which a path has locked a VMA; null if it holds no such lock.</summary>
internal sealed record VmaLockHold(CallExpression? Since);

/// <summary>
/// Follows the lock of one VMA to where it is given back. A function that hands it on says so by its result: a VMA, or yes. One that also gives the lock
/// back keeps it on a path by mistake if that path answers like the others, or fails.
/// </summary>
internal sealed class VmaLockPaths : PathAnalysis<VmaLockHold>
{
    private readonly FunctionFacts facts;
    private readonly List<(VmaLockHold Hold, ReturnStatement? Return, Fact Answer)> ends = [];

    private VmaLockPaths(FunctionAnalysisContext context)
        : base(ControlFlowGraph.Create(context.Function)) => facts = VmaLockFacts.Of(context).Functions;

    /// <summary>The locks that a path keeps by mistake, each with the return.</summary>
    public static IEnumerable<(CallExpression Since, ReturnStatement? Return)> KeptIn(FunctionAnalysisContext context)
    {
        var effects = VmaLockFacts.Of(context).Functions.EffectsWithin(context.Function);
        if (!effects.Contains(VmaLockFacts.Locks) || !IsPlain(context))
        {
            return [];
        }

        var analysis = new VmaLockPaths(context);
        analysis.Run(new VmaLockHold(null));
        var isPointer = context.Function.Symbol.Signature?.Result.Canonical is PointerType;
        return analysis.ends.Where(end => end.Hold.Since is not null && (isPointer ? end.Answer.Signs == Signs.Zero : analysis.ends.Exists(other => other.Hold.Since is null && !other.Answer.And(end.Answer).IsImpossible)))
            .Select(static end => (end.Hold.Since!, end.Return)).DistinctBy(static end => end.Item1);
    }

    /// <summary>
    /// True for a function that locks one VMA, by a call that says whether it could, and gives it back itself if anybody does: two locks at a time, and helpers that
    /// give back what they are handed, are not followed.
    /// </summary>
    private static bool IsPlain(FunctionAnalysisContext context)
    {
        var known = VmaLockFacts.Of(context).Functions;
        var calls = context.Function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is not null).ToList();
        var locking = calls.Where(call => Has(known, call, VmaLockFacts.Locks)).ToList();
        return locking is [{ Type.Canonical: PointerType or IntegerType { IsBool: true } } only]
            && calls.TrueForAll(call => call == only || call.Function!.Name == "vma_end_read" || !Has(known, call, VmaLockFacts.Unlocks));
    }

    private static bool Has(FunctionFacts facts, CallExpression call, string effect) =>
        facts.OutcomesOf(call.Function!.Name) is { IsDefault: false } outcomes && outcomes.Any(outcome => outcome.Has(effect));

    protected override IEnumerable<Path<VmaLockHold>> Visit(Path<VmaLockHold> path, Node node) => node is CallExpression call ? VisitCall(path, call) : base.Visit(path, node);

    private IEnumerable<Path<VmaLockHold>> VisitCall(Path<VmaLockHold> path, CallExpression call) =>
        facts.Apply(path.State, call).Select(next => new Path<VmaLockHold>(next.State, Move(path.Protocol, call, next.Outcome)));

    protected override void AtExit(Path<VmaLockHold> path, ReturnStatement? @return) =>
        ends.Add((path.Protocol, @return, @return?.Value is null ? Fact.Nothing : path.State.FactOf(path.State.Read(ResultPlace.Instance))));

    private static VmaLockHold Move(VmaLockHold hold, CallExpression call, CallOutcome? outcome)
    {
        foreach (var effect in outcome?.Effects ?? EffectTrail.Empty)
        {
            hold = effect switch
            {
                VmaLockFacts.Locks => new VmaLockHold(call),
                VmaLockFacts.Unlocks => new VmaLockHold(null),
                _ => hold,
            };
        }

        return hold;
    }
}
