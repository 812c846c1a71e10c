using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Locking;

/// <summary>In which mode the calls of one file take and release mmap_lock; shared by the rules of a file.</summary>
internal sealed class MmapLockModeFacts(TranslationUnit unit) : FactDomain(unit, Table)
{
    public const string LocksForReading = "locks for reading";
    public const string LocksForWriting = "locks for writing";
    public const string UnlocksForReading = "unlocks for reading";
    public const string UnlocksForWriting = "unlocks for writing";

    /// <summary>A lock that was held for writing may be held for reading afterwards.</summary>
    public const string Downgrades = "downgrades mmap_lock";

    /// <summary>The lock may be released, which depends on more than is known of the call.</summary>
    public const string MayRelease = "may release mmap_lock";

    private static readonly FactTable Table = FactResource.Read("MmapLockMode");

    /// <summary>True for an effect that says in which mode the lock is taken or released.</summary>
    public static bool IsMode(string effect) => effect is LocksForReading or LocksForWriting or UnlocksForReading or UnlocksForWriting;

    /// <summary>What the table says of a call by itself, its arguments looked at; what the bodies of this file do is not asked.</summary>
    public static EffectTrail EffectsOf(CallExpression call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.Function is { } function
            ? EffectTrail.Of(Table.OutcomesOf(function.Name).Where(outcome => IsAbout(outcome, call)).SelectMany(static outcome => outcome.Effects))
            : EffectTrail.Empty;
    }

    /// <summary>The facts of the file that is being analysed.</summary>
    public static MmapLockModeFacts Of(AnalysisContext context) => Of(context.Facts);

    /// <summary>The same, for other facts of the file.</summary>
    public static MmapLockModeFacts Of(UnitFacts facts) => facts.Get(static unit => new MmapLockModeFacts(unit));

    private static bool IsAbout(CallOutcome outcome, CallExpression call) =>
        outcome.Guard is not var (parameter, field)
        || (parameter < call.Arguments.Length
            && call.Arguments[parameter].Unwrapped is UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: MemberExpression member }
            && member.Field.Name == field);
}
