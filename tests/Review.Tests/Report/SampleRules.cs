using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
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
        foreach (var call in context.Function.Body.DescendantsAndSelf<CallExpression>().Where(call => call.Function?.Name == "bad"))
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

/// <summary>Calls of <c>ugly()</c>, which could be <c>nice()</c> or go, and of <c>gone()</c>, whose lines can go. Not among <see cref="SampleRules.All"/>.</summary>
public sealed class UglyCall : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Rename = RuleDescriptor.Create(
        "KMM9904", "ugly-call", "An ugly call", "{0}() is ugly", RuleCategory.Behavior, DiagnosticSeverity.Warning);

    private static readonly DiagnosticDescriptor Remove = RuleDescriptor.Create(
        "KMM9904", "ugly-call", "An ugly call", "{0}() need not be called", RuleCategory.Behavior, DiagnosticSeverity.Info);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rename, Remove];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        foreach (var call in context.Function.Body.DescendantsAndSelf<CallExpression>())
        {
            if (call.Function?.Name == "ugly")
            {
                context.Report(Rename, call, [], new Fix("call nice()", call.Span with { End = call.Span.Start + "ugly".Length }, "nice"), "ugly");
                context.Report(Remove, call, [], new Fix("make it nothing", call.Span, "(void)0"), "ugly");
            }
            else if (call.Function?.Name == "gone")
            {
                var line = context.Unit.Text.PositionOf(call.Span.Start).Line;
                context.Report(Remove, call, [], new Fix("drop the line", new TextSpan(context.Unit.Text.OffsetOfLine(line), context.Unit.Text.OffsetOfLine(line + 1)), ""), "gone");
            }
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
