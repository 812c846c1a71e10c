using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Notifier;

/// <summary>What the calls of one file do to mmu_notifier ranges; shared by the rules of a file.</summary>
internal sealed class NotifierFacts(TranslationUnit unit) : FactDomain(unit, Table)
{
    /// <summary>The type of the objects.</summary>
    public const string Record = "mmu_notifier_range";

    public const string Initializes = "initializes";
    public const string Starts = "starts";
    public const string Ends = "ends";

    /// <summary>An argument is the first address that is announced.</summary>
    public const string From = "announces from";

    /// <summary>An argument is the first address behind what is announced.</summary>
    public const string To = "announces to";

    /// <summary>Page tables of a range of addresses are changed; the range is among the arguments.</summary>
    public const string Walks = "walks page tables";

    /// <summary>Entries of page tables are taken away, and telling notifiers of it is left to the caller.</summary>
    public const string LeavesToCaller = "leaves the announcement to its caller";

    /// <summary>A page table is taken away; whoever does that announces it, or every caller does.</summary>
    public const string TakesAway = "takes a page table away";

    private static readonly FactTable Table = FactResource.Read("Kernel", "NotifierRange");

    /// <summary>True if a function changes the page tables of a range of addresses.</summary>
    public static bool IsWork(string function) => Table.OutcomesOf(function).Any(static outcome => outcome.Has(Walks));

    /// <summary>True if a function takes entries out of page tables and leaves it to its caller to tell notifiers.</summary>
    public static bool IsLeftToCaller(string function) => Table.OutcomesOf(function).Any(static outcome => outcome.Has(LeavesToCaller));

    /// <summary>True if a function takes a page table away.</summary>
    public static bool IsTakenAway(string function) => Table.OutcomesOf(function).Any(static outcome => outcome.Has(TakesAway));

    /// <summary>The facts of the file that is being analysed.</summary>
    public static NotifierFacts Of(AnalysisContext context) => context.Facts.Get(static unit => new NotifierFacts(unit));
}
