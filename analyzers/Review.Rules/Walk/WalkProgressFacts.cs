using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Walk;

/// <summary>How far the calls of one file come.</summary>
internal sealed class WalkProgressFacts(TranslationUnit unit) : FactDomain(unit, Table)
{
    /// <summary>The call has done nothing and asks to be made again.</summary>
    public const string GetsNowhere = "gets nowhere";

    /// <summary>The fault handler dropped the lock and asks for a second try, which must say that it is one.</summary>
    public const string WantsAnotherTry = "wants another try";

    /// <summary>The result is how much of the range was done.</summary>
    public const string ReturnsHowFar = "returns how far it came";

    private static readonly FactTable Table = FactResource.Read("Kernel", "WalkProgress");

    /// <summary>The facts of the file that is being analysed.</summary>
    public static WalkProgressFacts Of(AnalysisContext context) => context.Facts.Get(static unit => new WalkProgressFacts(unit));
}
