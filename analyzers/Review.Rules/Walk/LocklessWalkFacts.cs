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

    /// <summary>
    /// True if a call that takes a page keeps it for the function that makes it: it is one of the table, in the form that says NULL or no where the page is gone, or it
    /// fills an array of pages. With the lock of the page table held, the newer <c>try_grab_folio()</c> says so with an error code.
    /// </summary>
    public static bool Keeps(CallExpression call) => Table.OutcomesOf(call.Function!.Name).IsEmpty
        ? call.Arguments.Any(static argument => argument.Type.IsPointerToPointerTo("page"))
        : call.Type.Canonical is PointerType or IntegerType { IsBool: true };

    /// <summary>The facts of the file that is being analysed.</summary>
    public static LocklessWalkFacts Of(AnalysisContext context) => context.Facts.Get(static unit => new LocklessWalkFacts(unit));
}
