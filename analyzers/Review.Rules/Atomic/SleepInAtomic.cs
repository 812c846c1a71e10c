using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;

namespace Review.Rules.Atomic;

/// <summary>A call may sleep while a spin lock, a page table lock or another thing that forbids sleeping is held.</summary>
public sealed class SleepInAtomic : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Holding = Describe("{0}() may sleep while what {1}() took is held");
    private static readonly DiagnosticDescriptor InSection = Describe("{0}() may sleep in the section that {1}() began");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Holding, InSection];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        foreach (var finding in HeldFacts.Of(context).FindingsIn(context.Function))
        {
            if (finding.Kind is Incident.SleptHolding or Incident.SleptInSection)
            {
                var name = Hold.NameOf(finding.At);
                ImmutableArray<TraceStep> trace = [context.Step(finding.Since.Since, $"{finding.Since.Name}() forbids sleeping"), context.Step(finding.At, $"{name}() may sleep")];
                context.Report(finding.Kind == Incident.SleptHolding ? Holding : InSection, finding.At, trace, name, finding.Since.Name);
            }
        }
    });

    private static DiagnosticDescriptor Describe(string message) => RuleDescriptor.Create(
        "KMM1101", "sleep-in-atomic", "A call may sleep where sleeping is forbidden", message, RuleCategory.Locking, DiagnosticSeverity.Warning);
}
