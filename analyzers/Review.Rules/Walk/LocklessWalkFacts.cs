using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Walk;

/// <summary>Which calls of one file take a reference to a page that a page table led to.</summary>
internal sealed class LocklessWalkFacts(TranslationUnit unit) : FactDomain(unit, Table)
{
    /// <summary>A reference was taken, if the page could be had.</summary>
    public const string TakesPage = "takes a page reference";

    private static readonly FactTable Table = FactResource.Read("Kernel", "LocklessWalk");

    /// <summary>The facts of the file that is being analysed.</summary>
    public static LocklessWalkFacts Of(AnalysisContext context) => context.Facts.Get(static unit => new LocklessWalkFacts(unit));
}
