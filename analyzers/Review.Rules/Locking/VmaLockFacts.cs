using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Locking;

/// <summary>What the calls of one file do to the lock of a VMA.</summary>
internal sealed class VmaLockFacts(TranslationUnit unit) : FactDomain(unit, Table)
{
    public const string Locks = "locks a VMA";
    public const string Unlocks = "unlocks a VMA";

    private static readonly FactTable Table = FactResource.Read("Kernel", "VmaLock");

    /// <summary>The facts of the file that is being analysed.</summary>
    public static VmaLockFacts Of(AnalysisContext context) => context.Facts.Get(static unit => new VmaLockFacts(unit));
}
