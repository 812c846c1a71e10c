using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Locking;

/// <summary>What the calls of one file do to mmap_lock and to VMAs; shared by the rules of a file.</summary>
internal sealed class MmapLockFacts(TranslationUnit unit) : FactDomain(unit, Table)
{
    /// <summary>The lock was released at some time during the call.</summary>
    public const string Drops = "drops mmap_lock";

    /// <summary>The lock was taken during the call.</summary>
    public const string Takes = "takes mmap_lock";

    /// <summary>The VMA handed over as a parameter may have been merged into another one, which is the result.</summary>
    public const string Replaces = "replaces VMA";

    /// <summary>The VMA of which a parameter is a member was merged into the result, if the range that was merged lies in it.</summary>
    public const string ReplacesOwner = "replaces VMA of";

    /// <summary>The lock of one VMA, a parameter, was released.</summary>
    public const string UnlocksVma = "unlocks VMA";

    /// <summary>The address space has no other user left, so nobody can free its VMAs.</summary>
    public const string Owns = "owns mm";

    /// <summary>A reference to a parameter was taken.</summary>
    public const string TakesReference = "takes a reference";

    /// <summary>A reference to a parameter was given back.</summary>
    public const string GivesBack = "gives the reference back";

    /// <summary>The result is a VMA that something else than mmap_lock keeps alive.</summary>
    public const string ReturnsProtected = "returns a protected VMA";

    private static readonly FactTable Table = FactResource.Read("Kernel", "MmapLock");

    /// <summary>True if the table tells what a function does.</summary>
    public static bool IsTold(string function) => !Table.OutcomesOf(function).IsEmpty;

    /// <summary>True if the table tells of a way to come back from a function without the lock, or does not tell of any way of its own.</summary>
    public static bool MayComeBackWithout(string function) =>
        Table.OutcomesOf(function) is { IsEmpty: false } outcomes && (outcomes.All(static outcome => !outcome.Has(Drops)) || outcomes.Any(static outcome => outcome.Effects.LastOrDefault(static effect => effect is Drops or Takes) == Drops));

    /// <summary>True if some call in the function may end the life of a VMA, and somebody else is there to do it.</summary>
    public bool MayKill(FunctionDefinition function)
    {
        var effects = Functions.EffectsWithin(function);
        return effects.Any(static effect => effect == Drops || effect.StartsWith(Replaces, StringComparison.Ordinal) || effect.StartsWith(UnlocksVma, StringComparison.Ordinal)) && !effects.Contains(Owns);
    }

    /// <summary>The facts of the file that is being analysed.</summary>
    public static MmapLockFacts Of(AnalysisContext context) => Of(context.Facts);

    /// <summary>The same, for other facts of the file.</summary>
    public static MmapLockFacts Of(UnitFacts facts) => facts.Get(static unit => new MmapLockFacts(unit));
}
