using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Rules.Locking;

namespace Review.Rules.Walk;

/// <summary>A walk over a range of addresses does not get on: it visits the same address for ever, or leaves a part of the range out.</summary>
public sealed class WalkProgress : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Frozen = Describe("no round of the loop changes {0}, so its condition stays true for ever");
    private static readonly DiagnosticDescriptor FrozenExit = Describe("no round of the loop changes {0} or {1}: this test leaves it in the first round or never");
    private static readonly DiagnosticDescriptor Itself = Describe("{0}() asks for where {1} begins, and finds it itself again: the loop does not get on");
    private static readonly DiagnosticDescriptor SameEntry = Describe("the loop advances {0} but not {1}: it looks at the same page table entry every time");
    private static readonly DiagnosticDescriptor Same = Describe("the loop counts down what is left, but {0}() works at {1} in every round, and nothing changes that");
    private static readonly DiagnosticDescriptor Lagging = Describe("{0} is moved on and {1} is not before {2}() is called again with both: a page goes where another one is, or is asked for twice");
    private static readonly DiagnosticDescriptor Elsewhere = Describe("the loop goes on at {1}, and {2}() looks the next VMA up at {0}, which no round changes");
    private static readonly DiagnosticDescriptor Stuck = Describe("a round of the loop can end without setting {0}: the next one finds the same VMA again");
    private static readonly DiagnosticDescriptor Kept = Describe("{1}() drops mmap_lock, {0} is brought down to the end of the VMA found then, and the caller never learns: its walk goes on from the old end, and what lies between is left out");
    private static readonly DiagnosticDescriptor Early = Describe("{0} is given back before it is brought down to the end of the VMA found after {1}() dropped mmap_lock: the caller goes on from the old end, and what lies between is left out");
    private static readonly DiagnosticDescriptor LeftNull = Describe("{0} is used without a test for NULL, which {1}() leaves there when it drops mmap_lock");
    private static readonly DiagnosticDescriptor IsNull = Describe("{0} is used where it has been set to NULL on a path");
    private static readonly DiagnosticDescriptor Nowhere = Describe("{0}() can do nothing and drop the lock again and again, and the loop calls it for ever: nothing limits the tries");
    private static readonly DiagnosticDescriptor Again = Describe("{0}() is called again after VM_FAULT_RETRY without FAULT_FLAG_TRIED, so it may ask for another try for ever");
    private static readonly DiagnosticDescriptor Lost = Describe("how much {0}() did is not used: the loop goes on as if it had done all it was asked for");
    private static readonly DiagnosticDescriptor HalfBack = Describe("{0} goes one step back and {1} does not: from here on the two belong to different pages");
    private static readonly DiagnosticDescriptor Uneven = Describe("{1} pages are counted as done, and {0} moves on by one page");
    private static readonly DiagnosticDescriptor Skipped = Describe("{0} moves on here and {1} does not, as it does with it elsewhere in the loop");
    private static readonly DiagnosticDescriptor FrozenJump = Describe("the way back to {1} changes nothing of {0}, and nothing else is asked: once taken it is taken for ever");
    private static readonly DiagnosticDescriptor Jumped = Describe("{0}() gets the range from {1} to {2}, and the loop goes on at {3}: what lies between is left out");
    private static readonly DiagnosticDescriptor Retry = Describe("{0}() is called again as long as it returns this code, and gives it here because {1}() failed: nothing says that the next try ends otherwise");

    private static readonly DiagnosticDescriptor AtEnd = Describe("where {0} is the end of the VMA, the VMA has nothing of what comes, and this test does not look the next one up");
    private static readonly DiagnosticDescriptor BeforeVma = Describe("{0} lies before the VMA here, the hole is noted, and {0} stays where it is: the VMA is visited from an address that is not in it");
    private static readonly DiagnosticDescriptor Several = Describe("{2}() deals with {1} of them at once, and {0} moves on by one: the others are dealt with again");

    private static readonly DiagnosticDescriptor Idle = Describe("where this is what it is, the round ends and {0} stays where it is: the next round asks the same, for ever");
    private static readonly DiagnosticDescriptor Unset = Describe("a round of the loop can end without setting {1}, by which {0} goes on: where it was never set the loop stays where it is");
    private static readonly DiagnosticDescriptor Overwritten = Describe("{0} is set here, and the next statement sets it anew, whatever it was");
    private static readonly DiagnosticDescriptor InPages = Describe("{1}() says how many pages it has done, and {0} counts bytes: the loop stays within the page");
    private static readonly DiagnosticDescriptor Forgotten = Describe("the loop begins at {0} and uses it in every round, and no round moves it on");
    private static readonly DiagnosticDescriptor SameStart = Describe("{1}() has done a part and says so in {2}, and {3}() gets what is left from the same {0} on");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Idle, Unset, Overwritten, InPages, Forgotten, SameStart, AtEnd, BeforeVma, Several, Frozen, FrozenExit, Itself, SameEntry, Same, Lagging, Elsewhere, Stuck, Kept, Early, LeftNull, IsNull, Nowhere, Again, Lost, HalfBack, Uneven, Skipped, Jumped, Retry, FrozenJump];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(Analyze);

    private static DiagnosticDescriptor Describe(string message) =>
        RuleDescriptor.Create("KMM1005", "walk-progress", "A walk over a range does not get on, or leaves a part of it out", message, RuleCategory.Vma, DiagnosticSeverity.Warning);

    private static void Analyze(FunctionAnalysisContext context)
    {
        var graph = ControlFlowGraph.Create(context.Function);
        var rounds = LoopRound.In(graph).ToList();
        foreach (var round in rounds)
        {
            ReportRound(context, graph, round);
        }

        foreach (var (jump, asked) in FrozenRetry.In(graph))
        {
            context.Report(FrozenJump, jump, string.Join(" and ", asked.Select(static variable => variable.Name)), jump.Target.Name);
        }

        foreach (var (step, cursor, count, call) in FilledStep.Of(context).In(context.Function))
        {
            context.Report(Several, step, [context.Step(call, $"says in {count.Name} how many there were"), context.Step(step, "and the loop goes on by one")], cursor.Name, count.Name, NameOf(call));
        }

        foreach (var (test, address) in VmaLookupFacts.Of(context).Concerns(context.Function) ? WrongBound.EndsIn(context.Function, VmaLookupFacts.Of(context)) : [])
        {
            context.Report(AtEnd, test, address.Name);
        }

        foreach (var (test, address) in WrongBound.HolesIn(context.Function))
        {
            context.Report(BeforeVma, test, address.Name);
        }

        foreach (var (second, first, done, left) in SecondPart.In(context.Function))
        {
            context.Report(SameStart, second, [context.Step(first, "does a first part"), context.Step(second, $"gets {left.Name} as it was")], left.Name, NameOf(first), done.Name, NameOf(second));
        }

        ReportHeadway(context, graph, rounds);
        var isUnlocked = NullVma.IsUnlocked(context);
        foreach (var (pointer, by) in NullVma.In(context, MmapLockFacts.Of(context).Functions).Where(found => found.By is not null || !isUnlocked))
        {
            if (by is null)
            {
                context.Report(IsNull, pointer, Text(context, pointer));
            }
            else
            {
                context.Report(LeftNull, pointer, [context.Step(by, $"{NameOf(by)}() may leave NULL"), context.Step(pointer, $"{Text(context, pointer)} is not tested")], Text(context, pointer), NameOf(by));
            }
        }

        foreach (var (clamp, bound, drop, @return) in KeptBound.In(context))
        {
            if (KeptBound.StoreOf(bound, context.Function) is { } store)
            {
                context.Report(Early, store, [context.Step(drop, $"{NameOf(drop)}() dropped mmap_lock"), context.Step(store, $"gives {bound.Name} back"), context.Step(clamp, $"brings {bound.Name} down")], bound.Name, NameOf(drop));
                continue;
            }

            ImmutableArray<TraceStep> trace =
            [
                context.Step(drop, $"{NameOf(drop)}() dropped mmap_lock: another thread may split the VMA"),
                context.Step(clamp, $"{bound.Name} becomes the end of the VMA that is left"),
                .. @return is null ? (TraceStep[])[] : [context.Step(@return, "returns success; the caller still has the old end")],
            ];
            context.Report(Kept, drop, trace, bound.Name, NameOf(drop));
        }

        foreach (var (at, failed, _) in RetryCode.In(context))
        {
            context.Report(Retry, at, [context.Step(failed, $"{NameOf(failed)}() fails"), context.Step(at, "asks the caller to try again")], context.Function.Name, NameOf(failed));
        }
    }

    private static void ReportRound(FunctionAnalysisContext context, ControlFlowGraph graph, LoopRound round)
    {
        if (FrozenLoop.In(round, context.Function, RangeReading.Of(context)) is { } variables)
        {
            context.Report(Frozen, round.Condition!, string.Join(" and ", variables.Select(static variable => variable.Name).Distinct(StringComparer.Ordinal)));
        }

        foreach (var (test, left, right) in FrozenLoop.ExitsIn(round, context.Function))
        {
            context.Report(FrozenExit, test, left.Name, right.Name);
        }

        ReportSteps(context, round);
        foreach (var (pointer, address, use) in TableCursor.In(round, context.Function))
        {
            context.Report(SameEntry, use, address.Name, pointer.Name);
        }

        foreach (var (step, moved, left) in StepBack.In(round))
        {
            context.Report(HalfBack, step, moved.Name, left.Name);
        }

        foreach (var (step, address, pages) in UnevenStep.In(round))
        {
            context.Report(Uneven, step, address.Name, pages.Name);
        }

        foreach (var (step, moved, left) in UnevenStep.SkippedIn(round))
        {
            context.Report(Skipped, step, moved.Name, left.Name);
        }

        foreach (var (jump, call, cursor, part, end) in JumpedRange.In(round))
        {
            context.Report(Jumped, jump, [context.Step(call, "gets a part of the range"), context.Step(jump, "goes to the end of the whole")], NameOf(call), cursor.Name, part.Name, end.Name);
        }

        foreach (var (call, address) in SameAddress.In(round))
        {
            context.Report(Same, call, NameOf(call), address.Name);
        }

        foreach (var (call, moved, left, step) in LaggingCursor.In(round).DistinctBy(static found => (found.Call, found.Left)))
        {
            context.Report(Lagging, call, [context.Step(step, $"moves {moved.Name} on"), context.Step(call, $"gets {left.Name} as it was")], moved.Name, left.Name, NameOf(call));
        }

        foreach (var (lookup, start, cursor) in FixedLookup.In(round, context.Function, VmaLookupFacts.Of(context)))
        {
            context.Report(Elsewhere, lookup, start.Name, cursor.Name, NameOf(lookup));
        }

        foreach (var (lookup, vma) in FixedLookup.SelfIn(round, VmaLookupFacts.Of(context)))
        {
            context.Report(Itself, lookup, NameOf(lookup), vma.Name);
        }

        foreach (var (cursor, lookup) in StuckCursor.In(graph, round, VmaLookupFacts.Of(context), MmapLockFacts.Of(context).Functions))
        {
            context.Report(Stuck, lookup, Text(context, cursor));
        }

        foreach (var (call, step) in LostCount.In(round, WalkProgressFacts.Of(context).Functions))
        {
            context.Report(Lost, step, [context.Step(call, "does a part and says how much"), context.Step(step, "the round steps on")], NameOf(call));
        }
    }

    private static void ReportSteps(FunctionAnalysisContext context, LoopRound round)
    {
        if (IdleWay.In(round, context.Function) is var (question, cursors))
        {
            context.Report(Idle, question, string.Join(" and ", cursors.Where(cursor => round.Writes(LoopRound.IsVariable(cursor))).Select(static cursor => cursor.Name)));
        }

        foreach (var (step, cursor, size) in ZeroStep.In(round, context.Function))
        {
            context.Report(Unset, step, cursor.Name, size.Name);
        }

        foreach (var (step, over, cursor) in LostStep.OverwrittenIn(round))
        {
            context.Report(Overwritten, step, [context.Step(step, $"sets {cursor.Name}"), context.Step(over, "sets it anew")], cursor.Name);
        }

        foreach (var (step, call, address) in LostStep.InPages(round))
        {
            context.Report(InPages, step, [context.Step(call, "says how many pages were done"), context.Step(step, "takes them for bytes")], address.Name, NameOf(call));
        }

        foreach (var (use, cursor) in LostStep.ForgottenIn(round, context.Function))
        {
            context.Report(Forgotten, use, cursor.Name);
        }
    }

    private static void ReportHeadway(FunctionAnalysisContext context, ControlFlowGraph graph, List<LoopRound> rounds)
    {
        var (nowhere, asked) = NoHeadway.In(graph, WalkProgressFacts.Of(context).Functions, rounds);
        foreach (var call in nowhere)
        {
            context.Report(Nowhere, call, [context.Step(call, "the fault handler wants to be asked again: no page was done, the lock was dropped"), context.Step(call, "the next round asks for the same page")], NameOf(call));
        }

        foreach (var call in asked)
        {
            context.Report(Again, call, [context.Step(call, "VM_FAULT_RETRY: asks for another try"), context.Step(call, "tries again with the same flags")], NameOf(call));
        }
    }

    private static string NameOf(CallExpression call) => call.Name ?? (call.Callee.Unwrapped as NameExpression)?.Symbol.Name ?? call.Operation?.Name ?? "a call";

    private static string Text(AnalysisContext context, Expression expression) => context.Unit.Text.Slice(expression.Span);
}
