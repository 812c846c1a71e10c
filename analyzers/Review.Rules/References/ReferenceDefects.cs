using System.Collections.Concurrent;
using System.Collections.Immutable;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Rules.Gup;

namespace Review.Rules.References;

/// <summary>The defects of a file's functions; several rules report some of them, so the paths are followed once.</summary>
internal sealed class ReferenceDefects
{
    private readonly ConcurrentDictionary<FunctionDefinition, Lazy<ImmutableArray<ReferenceDefect>>> found = [];

    /// <summary>The defects of the function that is being analysed.</summary>
    public static ImmutableArray<ReferenceDefect> Of(FunctionAnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!ReferenceFacts.Concerns(context.Function))
        {
            return [];
        }

        var facts = ReferenceFacts.Of(context);
        var bits = context.Facts.Get(static unit => new FollValues(unit));
        var function = context.Function;
        return context.Facts.Get(static _ => new ReferenceDefects()).found.GetOrAdd(function, new Lazy<ImmutableArray<ReferenceDefect>>(() => Find(function, facts, bits))).Value;
    }

    private static ImmutableArray<ReferenceDefect> Find(FunctionDefinition function, ReferenceFacts facts, FollValues bits)
    {
        var ledger = new ReferenceLedger(function, bits);
        new ReferencePaths(function, facts, ledger).Run();
        return [.. ledger.Close()];
    }
}
