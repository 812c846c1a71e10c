using Review.Core.Engine;
using Review.Core.Syntax;

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

    private UnannouncedWork(TranslationUnit unit)
    {
        var facts = new NotifierFacts(unit);
        var announcing = unit.Functions.Where(function => facts.Functions.EffectsWithin(function).Any(static effect => effect.StartsWith(NotifierFacts.Starts, StringComparison.Ordinal))).ToHashSet();
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

    /// <summary>The facts of the file that is being analysed.</summary>
    public static UnannouncedWork Of(AnalysisContext context) => context.Facts.Get(static unit => new UnannouncedWork(unit));

    /// <summary>The call of a function that changes page tables without announcing it, and a function that announces the same.</summary>
    public (CallExpression Call, FunctionDefinition Sibling)? In(FunctionDefinition function) => missing.TryGetValue(function, out var found) ? found : null;
}
