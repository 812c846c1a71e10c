using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;

namespace Review.Rules.Atomic;

/// <summary>A page table lock or mapping is not given back, given back twice, or used beyond its end.</summary>
public sealed class PteLock : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Kept = Describe("{0}() takes a lock, and a path of {2}() leaves without releasing it");
    private static readonly DiagnosticDescriptor Mapped = Describe("{0}() maps a page table, and a path of {2}() leaves without pte_unmap()");
    private static readonly DiagnosticDescriptor Twice = Describe("{1}() releases a lock that this path has already released: the one that it should release stays held");
    private static readonly DiagnosticDescriptor Taken = Describe("{1}() takes a lock while the one that it took before is still held");
    private static readonly DiagnosticDescriptor Used = Describe("a page table entry is used after {0}() ended its mapping");
    private static readonly DiagnosticDescriptor Ignored = Describe("{0}() can find no page table, and its NULL is used");
    private static readonly DiagnosticDescriptor Behind = Describe("{1}() gets a pointer that may stand behind the last entry of the table that {0}() mapped");

    private static readonly DiagnosticDescriptor NotCompared = Describe("{0}() writes an entry that was compared before {1}() released the lock, and not since {2}() took it again: another thread may have changed it");

    private static readonly DiagnosticDescriptor PageKept = Describe("{0}() locks a page, and a path forgets {1} without unlocking it");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [PageKept, Kept, Mapped, Twice, Taken, Used, Ignored, Behind, NotCompared];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        foreach (var (write, (compared, released, retaken)) in SecondCompare.In(context.Function))
        {
            ImmutableArray<TraceStep> trace =
                [context.Step(compared!, "the entry is compared"), context.Step(released!, "the lock is released"), context.Step(retaken!, "and taken again"), context.Step(write, "the entry is written without a second look")];
            context.Report(NotCompared, write, trace, Hold.NameOf(write), Hold.NameOf(released!), Hold.NameOf(retaken!));
        }

        foreach (var (taken, forgotten, page) in PageLockKept.In(context.Function))
        {
            context.Report(PageKept, taken, [context.Step(taken, "locks the page"), context.Step(forgotten, "forgets it")], taken.Name, page.Name);
        }

        foreach (var finding in HeldFacts.Of(context).FindingsIn(context.Function))
        {
            if (RuleOf(finding.Kind) is not { } rule)
            {
                continue;
            }

            var since = finding.Since.Since;
            ImmutableArray<TraceStep> trace =
            [
                context.Step(since, $"{finding.Since.Name}() is called here"),
                .. finding.At == since ? (TraceStep[])[] : [context.Step(finding.At, StoryOf(finding.Kind))],
                .. finding.End is null ? (TraceStep[])[] : [context.Step(finding.End, "leaves with it")],
            ];
            context.Report(rule, finding.At, trace, MissingRelease.Of(context, finding), finding.Since.Name, Hold.NameOf(finding.At), context.Function.Name);
        }
    });

    private static DiagnosticDescriptor? RuleOf(Incident kind) => kind switch
    {
        Incident.LockKept => Kept,
        Incident.MappingKept => Mapped,
        Incident.ReleasedTwice => Twice,
        Incident.TakenTwice => Taken,
        Incident.UsedAfterUnmap => Used,
        Incident.NoEntryUsed => Ignored,
        Incident.UnmappedBehind => Behind,
        _ => null,
    };

    private static string StoryOf(Incident kind) => kind switch
    {
        Incident.ReleasedTwice => "releases it once more",
        Incident.TakenTwice => "takes it once more",
        Incident.UsedAfterUnmap => "uses an entry of the table after that",
        Incident.NoEntryUsed => "uses what it returned without asking",
        Incident.UnmappedBehind => "ends the mapping by a pointer that was moved on",
        _ => "leaves it as it is",
    };

    private static DiagnosticDescriptor Describe(string message) => RuleDescriptor.Create(
        "KMM6001", "pte-lock", "A page table lock or mapping is not given back as it was taken", message, RuleCategory.PageTable, DiagnosticSeverity.Warning);
}
