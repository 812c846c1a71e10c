using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Tests.Report;

/// <summary>Small rules for tests of what surrounds rules.</summary>
internal static class SampleRules
{
    public static AnalyzerSet All => AnalyzerSet.Create([new CallOfBad(), new EmptySwitch(), new ManyGlobals()]);
}

/// <summary>Every call of <c>bad()</c>, with a step at the function's first statement and one at the call.</summary>
public sealed class CallOfBad : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = RuleDescriptor.Create(
        "KMM9901", "call-of-bad", "A call of bad()", "{0}() calls bad()", RuleCategory.Locking, DiagnosticSeverity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        foreach (var call in context.Function.Body.DescendantsAndSelf().OfType<CallExpression>().Where(call => call.Function?.Name == "bad"))
        {
            context.Report(Rule, call, [context.Step(context.Function.Body.Statements[0], "begins here"), context.Step(call, "calls it")], context.Function.Name);
        }
    });
}

/// <summary>A switch without a case.</summary>
public sealed class EmptySwitch : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = RuleDescriptor.Create(
        "KMM9902", "empty-switch", "A switch without a case", "the switch in {0}() has no case", RuleCategory.Behavior, DiagnosticSeverity.Info);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterSwitchAction(static context =>
    {
        if (!context.Switch.Labels.Any())
        {
            context.Report(Rule, context.Switch.Subject, context.Function.Name);
        }
    });
}

/// <summary>A file with more than two globals, reported at the third.</summary>
public sealed class ManyGlobals : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = RuleDescriptor.Create(
        "KMM9903", "many-globals", "A file with many globals", "{0} is one global too many", RuleCategory.Vma, DiagnosticSeverity.Error);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterTranslationUnitAction(static context =>
    {
        if (context.Unit.Globals is [_, _, var third, ..])
        {
            context.Report(Rule, third.Span, third.Symbol.Name);
        }
    });
}

/// <summary>A rule with a defect, chosen by the test.</summary>
internal sealed class DefectiveRule(Action<KernelAnalysisContext> initialize) : KernelAnalyzer
{
    public static readonly DiagnosticDescriptor Rule = RuleDescriptor.Create(
        "KMM9909", "defective", "A defective rule", "never seen", RuleCategory.Vma, DiagnosticSeverity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(KernelAnalysisContext context) => initialize(context);
}
