using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Review.Core.Engine;

/// <summary>
/// A rule, in the shape of Roslyn's DiagnosticAnalyzer. Rules are found by reflection and need a constructor without
/// parameters. One instance serves all files, from several threads at once: a rule keeps no state of its own.
/// </summary>
public abstract class KernelAnalyzer
{
    /// <summary>The diagnostics that the rule may report; reporting another one is a defect of the rule.</summary>
    public abstract ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <summary>Registers the rule's actions; called once.</summary>
    public abstract void Initialize(KernelAnalysisContext context);
}
