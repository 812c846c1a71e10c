using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>A value goes back to where it was read from before it is changed: whoever looks there sees nothing of the change.</summary>
public sealed class UselessWriteback : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = RuleDescriptor.Create(
        "KMM1007", "useless-writeback", "A value is written back before it is changed", "{0} goes back to {1}, where it came from, before it is changed: the change stays inside {2}()",
        RuleCategory.Range, DiagnosticSeverity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        var stores = WritebackPaths.StoresOf(context.Function);
        if (stores.IsEmpty)
        {
            return;
        }

        var paths = new WritebackPaths(ControlFlowGraph.Create(context.Function), stores);
        paths.Run();
        foreach (var store in stores.Where(paths.IsIdleSomewhere))
        {
            // On some paths the variable may have been changed before; then only two neighbouring lines in the wrong order are as good as sure.
            var text = context.Unit.Text;
            if (LostChange.After(paths.Graph, store) is { } change && (paths.IsIdle(store) || SwapOf(text, store, change) is not null))
            {
                var (value, place) = (text.Slice(store.Value.Span), text.Slice(store.Target.Span));
                context.Report(
                    Rule, store, [context.Step(store, $"stores into {place} what was read from it"), context.Step(change, $"changes {value}, which nobody stores afterwards")],
                    SwapOf(text, store, change), value, place, context.Function.Name);
            }
        }
    });

    /// <summary>The cure where the change is the very next statement: the two change places.</summary>
    private static Fix? SwapOf(Core.Source.SourceText text, AssignmentExpression store, Expression change)
    {
        if (store.Parent is not ExpressionStatement { Parent: BlockStatement block } first || change.Parent is not ExpressionStatement second || !store.Origin.IsInFile || !change.Origin.IsInFile)
        {
            return null;
        }

        var index = block.Statements.IndexOf(first);
        return index + 1 < block.Statements.Length && block.Statements[index + 1] == second
            ? new Fix("store the value after it is changed", [new TextEdit(store.Span, text.Slice(change.Span)), new TextEdit(change.Span, text.Slice(store.Span))])
            : null;
    }
}
