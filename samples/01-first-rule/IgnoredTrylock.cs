using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace FirstRule;

/// <summary>A <c>*_trylock()</c> whose answer nobody reads: what follows runs with the lock or without it.</summary>
public sealed class IgnoredTrylock : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = RuleDescriptor.Create(
        "MINE0001", "ignored-trylock", "The answer of a trylock is thrown away", "{0}() may fail, and nobody reads its answer", RuleCategory.Locking, DiagnosticSeverity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        foreach (var statement in context.Function.Body.DescendantsAndSelf().OfType<ExpressionStatement>())
        {
            if (statement.Expression.Unwrapped is CallExpression { Function.Name: var name } call && name.EndsWith("_trylock", StringComparison.Ordinal))
            {
                context.Report(Rule, call, name);
            }
        }
    });
}
