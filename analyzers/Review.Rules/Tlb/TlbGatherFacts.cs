using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Tlb;

/// <summary>What the calls of one file do to TLB gathers, and to the notifier ranges around them; shared by the rules of a file.</summary>
internal sealed class TlbGatherFacts(TranslationUnit unit) : FactDomain(unit, Table)
{
    /// <summary>The type of the objects.</summary>
    public const string Record = "mmu_gather";

    public const string Gathers = "gathers";
    public const string Finishes = "finishes";

    private static readonly FactTable Table = FactResource.Read("Kernel", "TlbGather", "NotifierRange");

    /// <summary>The facts of the file that is being analysed.</summary>
    public static TlbGatherFacts Of(AnalysisContext context) => context.Facts.Get(static unit => new TlbGatherFacts(unit));
}
