using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Locking;

/// <summary>Which calls of one file need mmap_lock.</summary>
internal sealed class MmapLockNeeds(TranslationUnit unit)
{
    /// <summary>The caller has to hold the lock.</summary>
    public const string Needs = "needs mmap_lock";

    /// <summary>VMAs are changed, for which the lock has to be held for writing.</summary>
    public const string ChangesVmas = "changes VMAs";

    private static readonly FactTable Table = FactResource.Read("MmapLockNeed");

    private readonly FunctionFacts functions = new(unit, Table);

    /// <summary>What a call needs by itself.</summary>
    public static EffectTrail Of(CallExpression call) => EffectTrail.Of(call.Function is { } function ? Table.OutcomesOf(function.Name).SelectMany(static outcome => outcome.Effects) : []);

    /// <summary>True if the table tells what a function needs.</summary>
    public static bool IsTold(string function) => !Table.OutcomesOf(function).IsEmpty;

    /// <summary>What a function of the file may need, further down too.</summary>
    public IReadOnlySet<string> Within(FunctionDefinition function) => functions.EffectsWithin(function);

    /// <summary>The needs of the file that is being analysed.</summary>
    public static MmapLockNeeds Of(AnalysisContext context) => Of(context.Facts);

    /// <summary>The same, for other facts of the file.</summary>
    public static MmapLockNeeds Of(UnitFacts facts) => facts.Get(static unit => new MmapLockNeeds(unit));
}
