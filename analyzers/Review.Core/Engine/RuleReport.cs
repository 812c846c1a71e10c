using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>What a rule has reported, before it becomes a diagnostic: so it can still be brought to where its functions stand in another version of the file.</summary>
internal sealed class RuleReport
{
    private readonly Diagnostic? finished;
    private readonly TextSpan at;
    private readonly string function = "";
    private readonly string statement = "";
    private readonly ImmutableArray<TraceStep> trace = [];
    private readonly Fix? fix;
    private readonly object?[] arguments = [];

    /// <summary>A report of a rule; the parameters are those of <see cref="KernelDiagnostic.Create"/>.</summary>
    public RuleReport(DiagnosticDescriptor rule, TextSpan at, string function, string statement, ImmutableArray<TraceStep> trace, Fix? fix, object?[] arguments) =>
        (Rule, this.at, this.function, this.statement, this.trace, this.fix, this.arguments) = (rule, at, function, statement, trace, fix, arguments);

    /// <summary>A diagnostic that was made elsewhere.</summary>
    public RuleReport(Diagnostic diagnostic) => (Rule, finished) = (diagnostic.Descriptor, diagnostic);

    /// <summary>The rule.</summary>
    public DiagnosticDescriptor Rule { get; }

    /// <summary>The diagnostic in the file that the report is about.</summary>
    public Diagnostic In(SourceText text) => finished ?? KernelDiagnostic.Create(Rule, text, at, function, statement, trace, fix, arguments);

    /// <summary>The report in a version of the file where the functions that it is about stand elsewhere; null if one of them is not there, or it is about something else.</summary>
    /// <param name="from">The version that it is about.</param>
    /// <param name="to">The other one.</param>
    public RuleReport? Moved(TranslationUnit from, TranslationUnit to)
    {
        var move = new FunctionMoves(from, to);
        if (finished is not null || move.Of(at) is not { } place || (fix is not null && move.Of(fix) is null))
        {
            return null;
        }

        var steps = trace.Select(step => step.Path == from.Path ? move.Of(step) : step).ToList();
        return steps.Contains(null) ? null : new RuleReport(Rule, place, function, statement, [.. steps.OfType<TraceStep>()], fix is null ? null : move.Of(fix), arguments);
    }
}
