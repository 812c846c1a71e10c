using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Rules.Locking;

namespace Review.Rules.Walk;

/// <summary>After the lock was dropped, or where none is held, what was known before has to be asked again; here something was not.</summary>
public sealed class MissingRevalidation : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Null = Describe("the VMA that {0}() has found is used without a test for NULL");
    private static readonly DiagnosticDescriptor Hole = Describe("{0}() may find a VMA that begins after {1}, and nothing asks where it begins: there may be a hole");
    private static readonly DiagnosticDescriptor End = Describe("the range may reach past the VMA that {0}() has found after {1}() dropped mmap_lock: nothing asks where it ends");
    private static readonly DiagnosticDescriptor Guard = Describe("{0} was asked of the VMA before {1}() dropped mmap_lock, and is not asked of the one that {2}() has found after it");
    private static readonly DiagnosticDescriptor Length = Describe("the bounds have been set again since {0}() dropped mmap_lock, and nothing asks any more whether something is left between them");
    private static readonly DiagnosticDescriptor Kept = Describe("mmap_lock is taken again after {0}() dropped it, and {1} is used without a new lookup");
    private static readonly DiagnosticDescriptor Cleared = Describe("{0} was set to NULL when mmap_lock was dropped, and is used without a new lookup");
    private static readonly DiagnosticDescriptor Outgrown = Describe("the VMA that {0}() has found is kept while {1} moves on, and nothing asks whether it reaches that far");
    private static readonly DiagnosticDescriptor NotSeenAgain = Describe("the page is kept without a look whether {0} is still what {1} points to: the entry may have changed before {2}() took the reference");

    private static readonly DiagnosticDescriptor Inverted = Describe("the page is given back where {0} is still what {1} points to, and kept where the entry has changed");

    private static readonly DiagnosticDescriptor NotCompared = Describe("the sequence count is read into {0}, and never compared with what it is after the work: a writer in between goes unnoticed");
    private static readonly DiagnosticDescriptor NotFoundAgain = Describe("{0}() takes a reference to the folio in which {1} was, and nobody looks whether {1} is still in it: it may have been split or freed in between");

    private static readonly DiagnosticDescriptor Unasked = Describe("{0}() looks a VMA up, and never reads {1}, with which its callers say what is to be asked then");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Unasked, NotCompared, NotFoundAgain, Null, Inverted, Hole, End, Guard, Length, Kept, Cleared, Outgrown, NotSeenAgain];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(Analyze);

    private static DiagnosticDescriptor Describe(string message) =>
        RuleDescriptor.Create("KMM1004", "missing-revalidation", "What was known before the lock was dropped is not asked again", message, RuleCategory.Vma, DiagnosticSeverity.Warning);

    private static void Analyze(FunctionAnalysisContext context)
    {
        foreach (var check in Revalidation.In(context))
        {
            Report(context, check);
        }

        foreach (var (retake, drop, use) in KeptVma.In(context))
        {
            ImmutableArray<TraceStep> trace = [context.Step(drop, $"{NameOf(drop)}() dropped mmap_lock"), context.Step(retake, "the lock is taken again"), context.Step(use, $"{Text(context, use)} is from before")];
            context.Report(Kept, retake, trace, NameOf(drop), Text(context, use));
        }

        foreach (var (pointer, _) in NullVma.IsUnlocked(context) ? NullVma.In(context, MmapLockFacts.Of(context).Functions).Where(static found => found.By is null) : [])
        {
            context.Report(Cleared, pointer, Text(context, pointer));
        }

        foreach (var (lookup, address) in VmaLookupFacts.Of(context).Concerns(context.Function) ? LoopRound.In(ControlFlowGraph.Create(context.Function)).SelectMany(round => OutgrownVma.In(round, VmaLookupFacts.Of(context))) : [])
        {
            context.Report(Outgrown, lookup, NameOf(lookup), address.Name);
        }

        if (VmaLookupFacts.Of(context).Concerns(context.Function) && UnaskedParameter.In(context) is { } unasked)
        {
            context.Report(Unasked, context.Function.NameSpan, context.Function.Name, unasked.Name);
        }

        ReportInverted(context);
        foreach (var (at, count) in UnrepeatedRead.CountsIn(context.Function))
        {
            context.Report(NotCompared, at, count.Name);
        }

        foreach (var (@try, _, page) in UnrepeatedRead.FoliosIn(context.Function))
        {
            context.Report(NotFoundAgain, @try, NameOf(@try), page);
        }

        foreach (var (entry, taken, kept) in SecondLook.In(context))
        {
            ImmutableArray<TraceStep> trace = [context.Step(taken, $"{NameOf(taken)}() takes the reference without a lock"), context.Step(kept, $"the page is kept, and {entry.Copy.Name} was not compared again")];
            context.Report(NotSeenAgain, taken, trace, entry.Copy.Name, entry.Pointer.Name, NameOf(taken));
        }
    }

    private static void ReportInverted(FunctionAnalysisContext context)
    {
        foreach (var (entry, test, put) in SecondLook.InvertedIn(context))
        {
            context.Report(Inverted, test, [context.Step(test, $"{entry.Copy.Name} has not changed"), context.Step(put, "gives the page back")], entry.Copy.Name, entry.Pointer.Name);
        }
    }

    private static void Report(FunctionAnalysisContext context, OmittedCheck check)
    {
        var lookup = NameOf(check.Lookup);
        var drop = check.Drop is null ? "" : NameOf(check.Drop);
        var trace = ImmutableArray.CreateBuilder<TraceStep>();
        if (check.Guard is var (_, asked))
        {
            trace.Add(context.Step(asked, "asked before"));
        }

        if (check.Drop is not null)
        {
            trace.Add(context.Step(check.Drop, $"{drop}() dropped mmap_lock"));
        }

        trace.Add(context.Step(check.Lookup, $"{lookup}() looks the VMA up"));
        trace.Add(context.Step(check.At, "goes to work on it"));
        var (rule, arguments) = check.Kind switch
        {
            Omission.Null => (Null, new object?[] { lookup }),
            Omission.Hole => (Hole, [lookup, Text(context, VmaLookupFacts.Of(context).LookupOf(check.Lookup)!.Value.Address)]),
            Omission.End => (End, [lookup, drop]),
            Omission.Guard => (Guard, [check.Guard!.Value.Name == Guards.Flags ? Guards.Flags : check.Guard.Value.Name + "()", drop, lookup]),
            _ => (Length, [drop]),
        };
        context.Report(rule, check.At, trace.ToImmutable(), arguments);
    }

    private static string NameOf(CallExpression call) => call.Name ?? (call.Callee.Unwrapped as NameExpression)?.Symbol.Name ?? call.Operation?.Name ?? "a call";

    private static string Text(AnalysisContext context, Expression expression) => context.Unit.Text.Slice(expression.Span);
}
