using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;

namespace Review.Rules.References;

/// <summary>What the calls of one file do to counts of references; shared by the rules of a file.</summary>
internal sealed class ReferenceFacts(TranslationUnit unit) : FactDomain(unit, Table)
{
    public const string Gets = "gets";
    public const string Puts = "puts";
    public const string Unpins = "unpins";
    public const string Counts = "counts";
    public const string Uncounts = "uncounts";

    /// <summary>The reference is of the kind that a word of flags asks for, as in try_grab_folio().</summary>
    public const string Grabs = "grabs";

    /// <summary>The reference that is given back is of the kind that a word of flags says, as in gup_put_folio().</summary>
    public const string Drops = "drops";

    /// <summary>An argument is that word.</summary>
    public const string ByFlags = "by flags";

    /// <summary>What an argument points to is somebody else's from there on, or was no such thing.</summary>
    public const string Keeps = "keeps";

    /// <summary>An argument points to a variable that gets a page with a reference.</summary>
    public const string Fills = "fills";
    public const string FillsPinned = "fills pinned";

    /// <summary>The result is another name of an argument.</summary>
    public const string Same = "returns the same";

    /// <summary>The result comes with a reference, and only with it.</summary>
    public const string Returns = "returns a reference";
    public const string ReturnsNew = "returns a new page";

    /// <summary>The result comes with a reference if an argument, a word of flags, has FOLL_GET.</summary>
    public const string ReturnsIfAsked = "returns a reference with FOLL_GET in";

    /// <summary>Where the call fails the result is an error pointer, which only IS_ERR() and its like find.</summary>
    public const string GivesError = "gives an error pointer";

    /// <summary>The result belongs to somebody else, who keeps it alive under a lock.</summary>
    public const string Lends = "returns what is lent";

    /// <summary>The thing whose last reference was given back is freed after a grace period of RCU.</summary>
    public const string FreedLater = "freed after a grace period";

    /// <summary>The pages of an array have to be pinned ones.</summary>
    public const string WantsPins = "wants pinned pages";

    private static readonly FactTable Table = FactResource.Read("Kernel", "Reference");

    /// <summary>True if the table speaks of a function called somewhere in the function in a way that has to do with references.</summary>
    public static bool Concerns(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.Body.DescendantsAndSelf<CallExpression>()
            .Any(static call => call.Function is { } callee && Table.OutcomesOf(callee.Name).Any(static outcome => outcome.Effects.Any(IsAboutCount)));
    }

    /// <summary>True if the table speaks of the function.</summary>
    public static bool IsInTable(string function) => !Table.OutcomesOf(function).IsEmpty;

    /// <summary>True if the function takes a reference for a caller of get_user_pages() or pin_user_pages(), as a word of flags says.</summary>
    public static bool TakesByFlags(string function) =>
        Table.OutcomesOf(function).Any(static outcome => outcome.OnParameters.Any(static effect => effect.Verb.StartsWith(Grabs, StringComparison.Ordinal)));

    /// <summary>True if the function takes a reference to what its first argument is, and cannot fail.</summary>
    public static bool AlwaysGets(string function) => Table.OutcomesOf(function) is [var only] && only.Result == Fact.Nothing && only.OnParameters.Contains((Gets, 0));

    /// <summary>True for an effect that takes a reference, of whatever kind.</summary>
    public static bool IsTaking(string verb) => verb is Gets or Counts || verb?.StartsWith(Grabs, StringComparison.Ordinal) == true;

    /// <summary>True if the function gives back a reference.</summary>
    public static bool IsRelease(string function) =>
        Table.OutcomesOf(function).Any(static outcome => outcome.OnParameters.Any(static effect => effect.Verb is Puts or Unpins or Uncounts or Drops));

    /// <summary>True if what the function gives back is freed after a grace period of RCU.</summary>
    public static bool IsFreedLater(string function) => Table.OutcomesOf(function).Any(static outcome => outcome.Has(FreedLater));

    /// <summary>True if the result is nothing, or comes with a reference.</summary>
    public static bool IsGift(string function) => Table.OutcomesOf(function).Any(static outcome => outcome.Has(Returns));

    /// <summary>The functions of the file that return a thing with a reference.</summary>
    public static ReferenceGivers GiversOf(AnalysisContext context) => context.Facts.Get(static unit => new ReferenceGivers(unit));

    /// <summary>True if what the function returns belongs to somebody else.</summary>
    public static bool IsLending(string function) => Table.OutcomesOf(function).Any(static outcome => outcome.Has(Lends));

    /// <summary>The argument of which a function returns another name; null if it returns something else.</summary>
    public static int? SameAs(string function) =>
        Table.OutcomesOf(function).SelectMany(static outcome => outcome.OnParameters).Where(static effect => effect.Verb == Same).Select(static effect => (int?)effect.Parameter).FirstOrDefault();

    /// <summary>True if a function keeps what an argument points to if it ends in one of its ways, and leaves it alone in the others.</summary>
    public static bool MayKeep(string function, int parameter) => Table.OutcomesOf(function).Any(outcome => outcome.OnParameters.Contains((Keeps, parameter)));

    /// <summary>The argument that says which kind of reference a function gives back; null if the function gives none back, or one kind only.</summary>
    public static int? FlagsOfDrop(string function) =>
        Table.OutcomesOf(function).Where(static outcome => outcome.OnParameters.Any(static effect => effect.Verb == Drops))
            .SelectMany(static outcome => outcome.OnParameters).Where(static effect => effect.Verb == ByFlags).Select(static effect => (int?)effect.Parameter).FirstOrDefault();

    /// <summary>True for a function that looks whether the pages of an array are pinned: whoever calls it has only such ones.</summary>
    public static bool LooksForPins(string function) => Table.OutcomesOf(function).Any(static outcome => outcome.Has(WantsPins));

    /// <summary>True if a call that fails gives an error pointer.</summary>
    public static bool MayGiveError(string function) => Table.OutcomesOf(function).Any(static outcome => outcome.Has(GivesError));

    /// <summary>True if a call can fail to take the reference it is there to take.</summary>
    public static bool MayFail(string function) =>
        Table.OutcomesOf(function) is { Length: > 1 } outcomes
        && outcomes.Any(Takes)
        && outcomes.Any(static outcome => outcome.Result != Fact.Nothing && !Takes(outcome));

    /// <summary>True for a call that leaves what it takes in a variable: where nothing was taken, what was there before says so.</summary>
    public static bool Fill(string function) => Table.OutcomesOf(function).Any(static outcome => outcome.OnParameters.Any(static effect => effect.Verb is Fills or FillsPinned));

    /// <summary>True if a call that ends so has taken a reference.</summary>
    private static bool Takes(CallOutcome outcome) =>
        outcome.Has(Returns) || outcome.OnParameters.Any(static effect => effect.Verb is Gets or Fills or FillsPinned || effect.Verb.StartsWith(Grabs, StringComparison.Ordinal));

    /// <summary>The facts of the file that is being analysed.</summary>
    public static ReferenceFacts Of(AnalysisContext context) => context.Facts.Get(static unit => new ReferenceFacts(unit));

    /// <summary>Who leaves the references of its arguments alone.</summary>
    public static Borrowers BorrowersOf(AnalysisContext context) => context.Facts.Get(static (unit, facts) => new Borrowers(unit, facts, Table));

    private static bool IsAboutCount(string effect) => CallOutcome.Split(effect) is var (verb, _) ? verb is not (ByFlags or Same or Keeps) : effect is Returns or ReturnsNew or Lends;
}
