using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Notifier;

/// <summary>
/// Work on page tables that every function of the file but one announces to mmu notifiers. What a function leaves to its callers, or to the function that
/// does the work, is not missing.
/// </summary>
internal sealed class UnannouncedWork
{
    /// <summary>Functions that announce the same work, before one that does not is the exception.</summary>
    private const int MinimumSiblings = 2;

    private readonly Dictionary<FunctionDefinition, (CallExpression Call, FunctionDefinition Sibling)> missing = [];

    /// <summary>Calls in functions that open and finish the gather themselves, and announce nothing.</summary>
    private readonly Dictionary<FunctionDefinition, CallExpression> left = [];

    private UnannouncedWork(TranslationUnit unit)
    {
        var facts = new NotifierFacts(unit);
        var announcing = unit.Functions.Where(function => facts.Functions.EffectsWithin(function).Any(static effect => effect.StartsWith(NotifierFacts.Starts, StringComparison.Ordinal))).ToHashSet();
        FindLeft(unit, facts, announcing);
        FindTakenAway(unit, announcing);
        if (announcing.Count < MinimumSiblings)
        {
            return;
        }

        var names = announcing.Select(static function => function.Name).ToHashSet(StringComparer.Ordinal);
        var calls = unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is not null).Select(call => (Caller: function, Call: call))).ToList();
        foreach (var work in calls.Where(made => !names.Contains(made.Call.Function!.Name) && NotifierFacts.IsWork(made.Call.Function.Name)).GroupBy(static made => made.Call.Function!.Name, StringComparer.Ordinal))
        {
            var silent = work.Where(made => !announcing.Contains(made.Caller) && !IsPartOfAnnounced(made.Caller)).ToList();
            var told = work.Select(static made => made.Caller).Where(announcing.Contains).Distinct().ToList();
            if (silent is [var (caller, call)] && told.Count >= MinimumSiblings
                && !caller.Parameters.Any(static parameter => parameter.Type.IsPointerTo(NotifierFacts.Record))
                && !calls.Exists(made => made.Call.Function!.Name == caller.Name))
            {
                missing[caller] = (call, told[0]);
            }
        }

        // A helper that only functions call which announce what it does.
        bool IsPartOfAnnounced(FunctionDefinition helper) =>
            helper.Symbol.IsStatic && calls.Where(made => made.Call.Function!.Name == helper.Name).ToList() is { Count: > 0 } callers && callers.TrueForAll(made => announcing.Contains(made.Caller));
    }

    /// <summary>Whoever opens the gather is the one to tell notifiers; the functions below say that they leave it to him.</summary>
    private void FindLeft(TranslationUnit unit, NotifierFacts facts, HashSet<FunctionDefinition> announcing)
    {
        foreach (var function in unit.Functions.Where(function => !announcing.Contains(function)))
        {
            var calls = function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is not null).ToList();
            if (calls.Find(static call => NotifierFacts.IsLeftToCaller(call.Function!.Name)) is { } work && calls.Exists(static call => call.Function!.Name == "tlb_gather_mmu")
                && !announcing.Any(caller => Announces(caller, facts.Functions) && caller.Body.DescendantsAndSelf<CallExpression>().Any(call => call.Function == function.Symbol)))
            {
                left[function] = work;
            }
        }
    }

    /// <summary>A page table that goes away has to be announced by the function itself, or by all that call it, if others of the file announce anything at all.</summary>
    private void FindTakenAway(TranslationUnit unit, HashSet<FunctionDefinition> announcing)
    {
        foreach (var function in announcing.Count == 0 ? [] : unit.Functions.Where(function => !announcing.Contains(function)))
        {
            if (function.Body.DescendantsAndSelf<CallExpression>().FirstOrDefault(static call => call.Function is { } callee && NotifierFacts.IsTakenAway(callee.Name)) is { } work
                && unit.Functions.Where(caller => caller.Body.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == function.Symbol)).ToList() is var callers
                && (callers.Count == 0 || !callers.TrueForAll(announcing.Contains)))
            {
                left[function] = work;
            }
        }
    }

    /// <summary>True if a function tells notifiers of a range of its own, itself or in a helper that gets the range.</summary>
    private static bool Announces(FunctionDefinition function, FunctionFacts facts) => function.Body.DescendantsAndSelf<CallExpression>()
        .Any(call => call.Function is { } callee && facts.ParameterEffectsOf(callee.Name).Any(static effect => effect.Verb == NotifierFacts.Starts));

    /// <summary>The call that takes entries out of page tables in a function that opens the gather for it and tells nobody.</summary>
    public CallExpression? LeftIn(FunctionDefinition function) => left.GetValueOrDefault(function);

    /// <summary>The facts of the file that is being analysed.</summary>
    public static UnannouncedWork Of(AnalysisContext context) => context.Facts.Get(static unit => new UnannouncedWork(unit));

    /// <summary>The call of a function that changes page tables without announcing it, and a function that announces the same.</summary>
    public (CallExpression Call, FunctionDefinition Sibling)? In(FunctionDefinition function) => missing.TryGetValue(function, out var found) ? found : null;
}
