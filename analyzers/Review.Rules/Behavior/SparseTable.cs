using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Tables.Decisions;

namespace Review.Rules.Behavior;

/// <summary>An array that is indexed by advice and mostly empty.</summary>
public sealed class SparseTable : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Sparse = RuleDescriptor.Create(
        "KMM3003",
        "sparse-table",
        "A table of advice is mostly empty",
        "{0}[] has {1} elements for {2} values, and grows with the largest one; a function with a switch needs neither the size nor a range check",
        RuleCategory.Behavior,
        DiagnosticSeverity.Info);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Sparse];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterTranslationUnitAction(static context =>
    {
        var decisions = AdviceOutcomes.Of(context).Decisions;
        foreach (var table in decisions.Tables)
        {
            var named = table.Entries.Select(static entry => entry.Name).Distinct(StringComparer.Ordinal).Count();
            if (table.Length >= 2 * named)
            {
                context.Report(Sparse, table.Span, [], SwitchFromTable.Of(context.Unit, table, decisions.Guards), table.Array.Name, table.Length, named);
            }
        }
    });
}
