using System.Collections.Immutable;
using Review.Core.Dependencies;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Rules.Gup;

namespace Review.Rules.References;

/// <summary>The defects of a file's functions; several rules report some of them, so the paths are followed once.</summary>
internal sealed class ReferenceDefects
{
    private readonly FactMemo<FunctionDefinition, ImmutableArray<ReferenceDefect>> found = new();

    /// <summary>The defects of the function that is being analysed.</summary>
    public static ImmutableArray<ReferenceDefect> Of(FunctionAnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!ReferenceFacts.Concerns(context.Function))
        {
            return [];
        }

        var function = context.Function;
        return context.Facts.Get(static _ => new ReferenceDefects()).found.Get(
            function, () => [.. Find(function, ReferenceFacts.Of(context), ReferenceFacts.BorrowersOf(context), ReferenceFacts.GiversOf(context), context.Facts.Get(static unit => new FollValues(unit))).Where(defect => !IsStillThere(context, defect))
                // What is used once after its last reference was given back is used again, and one finding says it.
                .OrderBy(static defect => defect.At.Span.Start).ThenBy(static defect => defect.Arguments[0] == ReferenceLedger.Nameless)
                .DistinctBy(static defect => (defect.Kind, defect.Kind == ReferenceDefectKind.UsedAfter ? defect.Trace[0].At : defect.At))]);
    }

    /// <summary>True for a use of what is freed after a grace period, where rcu_read_lock() lets none pass.</summary>
    private static bool IsStillThere(FunctionAnalysisContext context, ReferenceDefect defect)
    {
        if (defect is not { Kind: ReferenceDefectKind.UsedAfter, Trace: [{ At: CallExpression { Function: { } release } put }, ..] } || !ReferenceFacts.IsFreedLater(release.Name))
        {
            return false;
        }

        var isEntered = context.Facts.Ask(static unit => new ReadSections(unit), context.Function.Name, static (sections, function) => sections.IsEnteredWithin(function));
        return ReadSections.Holds(context.Function, put, isEntered) && ReadSections.Holds(context.Function, defect.At, isEntered);
    }

    private static ImmutableArray<ReferenceDefect> Find(FunctionDefinition function, ReferenceFacts facts, Borrowers borrowers, ReferenceGivers givers, FollValues bits)
    {
        var ledger = new ReferenceLedger(function, bits);
        new ReferencePaths(function, facts, borrowers, givers, ledger).Run();
        return [.. ledger.Close()];
    }
}
