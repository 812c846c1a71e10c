using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Locking;

/// <summary>What the calls of one file do to mmap_lock and to VMAs; shared by the rules of a file.</summary>
internal sealed class MmapLockFacts(TranslationUnit unit)
{
    /// <summary>The lock was released at some time during the call.</summary>
    public const string Drops = "drops mmap_lock";

    /// <summary>The VMA handed over may have been merged into another one, which is the result.</summary>
    public const string Replaces = "replaces VMA";

    private static readonly FactTable Table = FactResource.Read("MmapLock");

    /// <summary>The facts of the file's functions and of those it calls.</summary>
    public FunctionFacts Functions { get; } = new(unit, Table);

    /// <summary>The address space has no other user left, so nobody can free its VMAs.</summary>
    public const string Owns = "owns mm";

    /// <summary>True if some call in the function may end the life of a VMA, and somebody else is there to do it.</summary>
    public bool MayKill(FunctionDefinition function)
    {
        var effects = function.Body.DescendantsAndSelf()
            .OfType<CallExpression>()
            .SelectMany(call => call.Function is { } callee ? Functions.OutcomesOf(callee.Name) : [])
            .SelectMany(static outcome => outcome.Effects)
            .ToHashSet(StringComparer.Ordinal);
        return (effects.Contains(Drops) || effects.Contains(Replaces)) && !effects.Contains(Owns);
    }

    /// <summary>The facts of the file that is being analysed.</summary>
    public static MmapLockFacts Of(AnalysisContext context) => context.Facts.Get(static unit => new MmapLockFacts(unit));
}
