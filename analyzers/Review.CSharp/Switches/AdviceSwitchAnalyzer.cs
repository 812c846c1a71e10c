using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Review.CSharp.Switches;

/// <summary>A switch over the advice of a behavior table that leaves some out, so that nobody would notice a new one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AdviceSwitchAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The number of the rule.</summary>
    public const string Id = "KMC1001";

    /// <summary>The property of a diagnostic that holds the names left out, joined by commas.</summary>
    public const string MissingProperty = "missing";

    private static readonly DiagnosticDescriptor Incomplete = new(
        Id, "A switch over advice leaves some out", "the switch over {0} does not name {1}{2}", "Behavior", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Incomplete];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(static context => Check(context, (ISwitchOperation)context.Operation), OperationKind.Switch);
        context.RegisterOperationAction(static context => Check(context, (ISwitchExpressionOperation)context.Operation), OperationKind.SwitchExpression);
    }

    private static void Check(OperationAnalysisContext context, ISwitchOperation @switch)
    {
        var @default = @switch.Cases.FirstOrDefault(static section => section.Clauses.Any(static clause => clause.CaseKind == CaseKind.Default));
        Report(
            context,
            @switch.Value,
            @switch.Cases.SelectMany(static section => section.Clauses).SelectMany(static clause => clause switch
            {
                ISingleValueCaseClauseOperation single => [single.Value.ConstantValue.Value],
                IPatternCaseClauseOperation { Guard: null } pattern => ValuesOf(pattern.Pattern),
                _ => [],
            }),
            @default is not null,
            @default?.Body.All(static body => IsSilent(body)) != false);
    }

    private static void Check(OperationAnalysisContext context, ISwitchExpressionOperation @switch)
    {
        var @default = @switch.Arms.FirstOrDefault(static arm => arm.Pattern is IDiscardPatternOperation && arm.Guard is null);

        // Without a default the compiler makes one that throws.
        Report(context, @switch.Value, @switch.Arms.Where(static arm => arm.Guard is null).SelectMany(static arm => ValuesOf(arm.Pattern)), @default is not null, @default is not null && IsSilent(@default.Value));
    }

    private static void Report(OperationAnalysisContext context, IOperation subject, IEnumerable<object?> named, bool hasDefault, bool isSilent)
    {
        if (!isSilent || subject.Type is not INamedTypeSymbol type || !AdviceEnumeration.Is(type))
        {
            return;
        }

        var values = new HashSet<object?>(named);
        var missing = type.GetMembers().OfType<IFieldSymbol>().Where(member => member.HasConstantValue && !values.Contains(member.ConstantValue)).Select(static member => member.Name).ToList();
        if (missing.Count > 0)
        {
            var shown = missing.Count > 3 ? $"{string.Join(", ", missing.Take(2))} and {missing.Count - 2} more" : string.Join(", ", missing);
            context.ReportDiagnostic(Diagnostic.Create(
                Incomplete,
                subject.Syntax.GetLocation(),
                ImmutableDictionary<string, string?>.Empty.Add(MissingProperty, string.Join(",", missing)),
                type.Name,
                shown,
                hasDefault ? ", and its default takes them without a word" : ", and has no default"));
        }
    }

    private static IEnumerable<object?> ValuesOf(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation constant => [constant.Value.ConstantValue.Value],
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } or => ValuesOf(or.LeftPattern).Concat(ValuesOf(or.RightPattern)),
        _ => [],
    };

    /// <summary>True if code neither throws nor calls anything: nobody hears of it.</summary>
    private static bool IsSilent(IOperation operation) => !operation.DescendantsAndSelf().Any(static inner => inner is IThrowOperation or IInvocationOperation);
}
