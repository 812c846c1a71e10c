using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>What a rule sees and how it reports. A context is valid during the call only.</summary>
public abstract class AnalysisContext
{
    private readonly Action<RuleReport> report;

    private protected AnalysisContext(TranslationUnit unit, UnitFacts facts, Action<RuleReport> report, CancellationToken cancellationToken)
    {
        Unit = unit;
        Facts = facts;
        this.report = report;
        CancellationToken = cancellationToken;
    }

    /// <summary>The file.</summary>
    public TranslationUnit Unit { get; }

    /// <summary>What rules share about the file.</summary>
    public UnitFacts Facts { get; }

    /// <summary>Set when nobody waits for the result any more.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Reports a finding at a node.</summary>
    /// <param name="rule">One of the rule's <see cref="KernelAnalyzer.SupportedDiagnostics"/>.</param>
    /// <param name="at">What to underline.</param>
    /// <param name="arguments">Arguments of the rule's message.</param>
    public void Report(DiagnosticDescriptor rule, Node at, params object?[] arguments) => Report(rule, at, [], arguments);

    /// <summary>Reports a finding at a node, with the path that leads there.</summary>
    public void Report(DiagnosticDescriptor rule, Node at, ImmutableArray<TraceStep> trace, params object?[] arguments) => Report(rule, at, trace, null, arguments);

    /// <summary>Reports a finding at a node, with the path that leads there and a mechanical cure.</summary>
    public void Report(DiagnosticDescriptor rule, Node at, ImmutableArray<TraceStep> trace, Fix? fix, params object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(at);
        Report(rule, at.Span, FunctionAt(at.Span), StatementText.Around(at, Unit.Text), trace, fix, arguments);
    }

    /// <summary>Reports a finding at a range of bytes, for what is no node: a macro argument, a declaration.</summary>
    public void Report(DiagnosticDescriptor rule, TextSpan at, params object?[] arguments) => Report(rule, at, [], arguments);

    /// <summary>Reports a finding at a range of bytes, with the path that leads there.</summary>
    public void Report(DiagnosticDescriptor rule, TextSpan at, ImmutableArray<TraceStep> trace, params object?[] arguments) => Report(rule, at, trace, null, arguments);

    /// <summary>Reports a finding at a range of bytes, with the path that leads there and a mechanical cure.</summary>
    public void Report(DiagnosticDescriptor rule, TextSpan at, ImmutableArray<TraceStep> trace, Fix? fix, params object?[] arguments)
    {
        var function = FunctionAt(at);
        Report(rule, at, function, StatementText.Around(at, function, Unit.Text), trace, fix, arguments);
    }

    private void Report(DiagnosticDescriptor rule, TextSpan at, FunctionDefinition? function, string statement, ImmutableArray<TraceStep> trace, Fix? fix, object?[] arguments) =>
        report(new RuleReport(rule, at, function?.Name ?? "", function is null ? statement : LocalNames.TakeOut(statement, function), trace.IsDefault ? [] : trace, fix, arguments));

    /// <summary>Reports a diagnostic made elsewhere.</summary>
    public void Report(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        report(new RuleReport(diagnostic));
    }

    /// <summary>A step of a trace at a node of this file.</summary>
    public TraceStep Step(Node at, string message)
    {
        ArgumentNullException.ThrowIfNull(at);
        return new TraceStep(Unit.Path, Unit.Text.PositionOf(at.Span.Start).Line, FunctionAt(at.Span)?.Name ?? "", message);
    }

    /// <summary>The function around a place; null at file level.</summary>
    private protected virtual FunctionDefinition? FunctionAt(TextSpan span) =>
        Unit.Functions.FirstOrDefault(function => function.Span.Contains(span));
}

/// <summary>A call for one function.</summary>
public class FunctionAnalysisContext : AnalysisContext
{
    internal FunctionAnalysisContext(
        TranslationUnit unit, FunctionDefinition function, UnitFacts facts, Action<RuleReport> report, CancellationToken cancellationToken)
        : base(unit, facts, report, cancellationToken) => Function = function;

    /// <summary>The function.</summary>
    public FunctionDefinition Function { get; }

    private protected override FunctionDefinition? FunctionAt(TextSpan span) =>
        Function.Span.Contains(span) ? Function : base.FunctionAt(span);
}

/// <summary>A call for one <c>switch</c>.</summary>
public sealed class SwitchAnalysisContext : FunctionAnalysisContext
{
    internal SwitchAnalysisContext(
        TranslationUnit unit, FunctionDefinition function, SwitchStatement @switch, UnitFacts facts, Action<RuleReport> report, CancellationToken cancellationToken)
        : base(unit, function, facts, report, cancellationToken) => Switch = @switch;

    /// <summary>The statement.</summary>
    public SwitchStatement Switch { get; }
}

/// <summary>A call for one file.</summary>
public sealed class TranslationUnitAnalysisContext : AnalysisContext
{
    internal TranslationUnitAnalysisContext(TranslationUnit unit, UnitFacts facts, Action<RuleReport> report, CancellationToken cancellationToken)
        : base(unit, facts, report, cancellationToken)
    {
    }
}
