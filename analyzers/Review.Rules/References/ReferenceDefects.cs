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
            function, () => Find(function, ReferenceFacts.Of(context), ReferenceFacts.BorrowersOf(context), ReferenceFacts.GiversOf(context), context.Facts.Get(static unit => new FollValues(unit))));
    }

    private static ImmutableArray<ReferenceDefect> Find(FunctionDefinition function, ReferenceFacts facts, Borrowers borrowers, ReferenceGivers givers, FollValues bits)
    {
        var ledger = new ReferenceLedger(function, bits);
        new ReferencePaths(function, facts, borrowers, givers, ledger).Run();
        return [.. ledger.Close()];
    }
}
