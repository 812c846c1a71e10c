using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;

namespace Review.Rules.Atomic;

/// <summary>A lock is dropped, or a call may sleep, while changes of page tables are collected under it.</summary>
public sealed class LockDroppedInBatch : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Dropped = Describe("{0}() drops the page table lock while lazy MMU mode, which {1}() opened under it, is open");
    private static readonly DiagnosticDescriptor Slept = Describe("{0}() may sleep in lazy MMU mode, which {1}() opened");

    private static readonly DiagnosticDescriptor Open = Describe("{0}() drops mmap_lock while {1}, which {2}() began, is open");
    private static readonly DiagnosticDescriptor Borrowed = Describe("{0}() drops mmap_lock while the gather {1}, which the caller has begun, is open", DiagnosticSeverity.Info);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Dropped, Slept, Open, Borrowed];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        foreach (var (drop, batch, begin) in OpenBatches.DropsIn(context))
        {
            if (begin is null)
            {
                context.Report(Borrowed, drop, Hold.NameOf(drop), batch.Name);
            }
            else
            {
                context.Report(Open, drop, [context.Step(begin, $"{Hold.NameOf(begin)}() begins {batch.Name}"), context.Step(drop, "the lock goes before its end")], Hold.NameOf(drop), batch.Name, Hold.NameOf(begin));
            }
        }

        foreach (var finding in HeldFacts.Of(context).FindingsIn(context.Function))
        {
            if (finding.Kind is Incident.DroppedInLazyMode or Incident.SleptInLazyMode)
            {
                var name = Hold.NameOf(finding.At);
                ImmutableArray<TraceStep> trace = [context.Step(finding.Since.Since, $"{finding.Since.Name}() opens lazy MMU mode"), context.Step(finding.At, $"{name}() comes before it is left")];
                context.Report(finding.Kind == Incident.DroppedInLazyMode ? Dropped : Slept, finding.At, trace, name, finding.Since.Name);
            }
        }
    });

    private static DiagnosticDescriptor Describe(string message, DiagnosticSeverity severity = DiagnosticSeverity.Warning) => RuleDescriptor.Create(
        "KMM1006", "lock-dropped-in-batch", "A lock is dropped while a batch that it protects is open", message, RuleCategory.Locking, severity);
}
