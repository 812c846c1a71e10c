using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Rules.References;

namespace Review.Rules.Gup;

/// <summary>A walk hands out pages of entries that NUMA balancing has made inaccessible, so the hint is lost.</summary>
public sealed class GupFastProtnone : KernelAnalyzer
{
    private const string MayFollow = "gup_can_follow_protnone";

    private static readonly DiagnosticDescriptor Unasked = Describe("{0}() takes a reference to the page of an entry that nobody has asked {1}() about, as {2}() does");
    private static readonly DiagnosticDescriptor UnaskedCaller = Describe("{0}() gets an entry that nobody has asked {1}() about, and takes a reference to its page");

    private static readonly DiagnosticDescriptor Inverted = Describe("{0}() leaves where {1}() says yes and the flags allow it, and goes on where they do not");

    private static readonly DiagnosticDescriptor Twin = Describe("{0}() tells what an entry allows and does not ask {1}(), where {2}() asks {3}()");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Twin, Unasked, UnaskedCaller, Inverted];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterTranslationUnitAction(static context =>
    {
        CheckInverted(context);
        CheckTwins(context);
        var takers = context.Unit.Functions.Where(function => EntryLevel.Takes(function) && !IsExempt(function, context.Unit)).ToList();
        if (takers.Count == 0)
        {
            return;
        }

        foreach (var level in EntryLevel.All)
        {
            var askers = level.AskersOf(context.Unit);
            foreach (var taker in takers.Where(level.LeadsToPage))
            {
                Check(context, level, taker, askers);
            }
        }
    });

    /// <summary>Two functions of a file that say the same of entries of two levels, told by their names and parameters; one knows of the mark and the other does not.</summary>
    private static void CheckTwins(TranslationUnitAnalysisContext context)
    {
        foreach (var level in EntryLevel.All)
        {
            foreach (var function in context.Unit.Functions.Where(function => level.IsAboutEntry(function) && !level.Asks(function)))
            {
                foreach (var other in EntryLevel.All.Where(other => other != level))
                {
                    if (context.Unit.Find(level.NameAt(function.Name, other)) is { } twin && twin != function && other.IsAboutEntry(twin) && other.Asks(twin))
                    {
                        context.Report(Twin, function.NameSpan, function.Name, level.Test, twin.Name, other.Test);
                    }
                }
            }
        }
    }

    /// <summary><c>if (pte_protnone(pte) &amp;&amp; gup_can_follow_protnone(flags)) leave;</c>: a "not" is missing.</summary>
    private static void CheckInverted(TranslationUnitAnalysisContext context)
    {
        foreach (var function in context.Unit.Functions)
        {
            foreach (var branch in function.Body.DescendantsAndSelf<IfStatement>())
            {
                if (BothOf(branch) is var (left, right, then) && then is ReturnStatement or GotoStatement or BlockStatement { Statements: [.., ReturnStatement or GotoStatement] }
                    && (CallIn(left), CallIn(right)) is ({ } first, { } second)
                    && EntryLevel.All.FirstOrDefault(level => level.Test == first || level.Test == second) is { } level && (first == MayFollow || second == MayFollow))
                {
                    context.Report(Inverted, branch.Condition, function.Name, level.Test);
                }
            }
        }
    }

    /// <summary>The two conditions that have both to hold for a branch to be taken, asked at once or one after the other.</summary>
    private static (Expression Left, Expression Right, Statement Then)? BothOf(IfStatement branch) => branch switch
    {
        { Condition.Unwrapped: BinaryExpression { Operator: BinaryOperator.LogicalAnd } both } => (both.Left, both.Right, branch.Then),
        { Then: IfStatement { Else: null } inner } => (branch.Condition, inner.Condition, inner.Then),
        { Then: BlockStatement { Statements: [IfStatement { Else: null } inner] } } => (branch.Condition, inner.Condition, inner.Then),
        _ => null,
    };

    private static string? CallIn(Expression expression) => (expression.Unwrapped as CallExpression)?.Function?.Name;

    private static DiagnosticDescriptor Describe(string message) => RuleDescriptor.Create(
        "KMM4003", "gup-fast-protnone", "Pages are handed out without a look at NUMA hinting", message, RuleCategory.Gup, DiagnosticSeverity.Warning);

    /// <summary>Entries of the gate area and of hugetlb never carry the mark, or are looked at elsewhere.</summary>
    private static bool IsExempt(FunctionDefinition function, TranslationUnit unit) =>
        function.Body.DescendantsAndSelf<CallExpression>().Any(call => call.Function is { } callee
            && (IsGate(callee.Name) || callee.Name.StartsWith("huge_ptep_get", StringComparison.Ordinal) || (unit.Find(callee.Name) is { } helper && helper.Body.DescendantsAndSelf<CallExpression>().Any(static inner => inner.Function is { } found && IsGate(found.Name)))));

    private static bool IsGate(string function) => function == "get_gate_vma";

    private static void Check(TranslationUnitAnalysisContext context, EntryLevel level, FunctionDefinition taker, HashSet<string> askers)
    {
        var unasked = level.ReachedUnasked(taker, askers, static call => call.Function is { } callee && ReferenceFacts.TakesByFlags(callee.Name)).FirstOrDefault();
        if (unasked is null)
        {
            return;
        }

        if (level.IsHandedIn(taker))
        {
            foreach (var caller in context.Unit.Functions.Where(caller => caller != taker))
            {
                foreach (var call in level.ReachedUnasked(caller, askers, call => call.Function?.Name == taker.Name))
                {
                    context.Report(UnaskedCaller, call, [context.Step(call, "hands the entry in"), context.Step(unasked, "takes a reference to its page")], taker.Name, level.Test);
                }
            }
        }
        else if (SiblingOf(context.Unit, taker) is { } sibling)
        {
            context.Report(Unasked, unasked, unasked.Name, level.Test, sibling.Name);
        }
    }

    /// <summary>Another function of the file that asks, for whatever level.</summary>
    private static FunctionDefinition? SiblingOf(TranslationUnit unit, FunctionDefinition taker) =>
        unit.Functions.FirstOrDefault(function => function != taker && EntryLevel.All.Any(level => level.Asks(function)));
}
