using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Review.Core.Source;
using Review.Core.Syntax;
using LinePosition = Microsoft.CodeAnalysis.Text.LinePosition;
using LinePositionSpan = Microsoft.CodeAnalysis.Text.LinePositionSpan;

namespace Review.Core.Diagnostics;

/// <summary>
/// Roslyn diagnostics about C. What Roslyn has no field for travels in the standard ones: trace steps are the
/// additional locations, their texts, the function and the statement are properties. So a diagnostic made by
/// anybody with plain Roslyn calls is welcome too; it only has no trace.
/// </summary>
public static class KernelDiagnostic
{
    private const string FunctionKey = "function";
    private const string StatementKey = "statement";
    private const string FixKey = "fix";

    /// <summary>Makes a diagnostic at a half-open byte range of a file.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="text">The file.</param>
    /// <param name="span">Where; cut to the file's length.</param>
    /// <param name="function">Name of the function around it; empty at file level. That of a system call is reported as in its SYSCALL_DEFINE, in the message too.</param>
    /// <param name="statement">Text of the statement the finding is about: it makes the fingerprint, so it must not hold more than that.</param>
    /// <param name="trace">The path that leads there, in the order of execution.</param>
    /// <param name="fix">The mechanical cure, if there is one.</param>
    /// <param name="arguments">Arguments of the rule's message.</param>
    public static Diagnostic Create(
        DiagnosticDescriptor rule, SourceText text, TextSpan span, string function, string statement, ImmutableArray<TraceStep> trace, Fix? fix, params object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(text);
        var properties = ImmutableDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        properties[FunctionKey] = SystemCallName.Of(function);
        properties[StatementKey] = NormalizedStatement.Of(statement);
        var steps = ImmutableArray.CreateBuilder<Location>();
        foreach (var step in trace.IsDefault ? [] : trace)
        {
            properties[StepKey(steps.Count, "function")] = SystemCallName.Of(step.Function);
            properties[StepKey(steps.Count, "message")] = step.Message;
            steps.Add(LineLocation(step.Path, step.Line));
        }

        if (fix is not null)
        {
            properties[FixKey] = fix.Title;
            for (var i = 0; i < fix.Edits.Length; i++)
            {
                var (place, replacement) = fix.Edits[i];
                properties[EditKey(i)] = string.Create(CultureInfo.InvariantCulture, $"{place.Start} {place.End} {replacement}");
            }
        }

        var named = Array.ConvertAll(arguments, static argument => argument is string name ? SystemCallName.Of(name) : argument);
        return Diagnostic.Create(rule, LocationOf(text, span), steps, properties.ToImmutable(), named);
    }

    /// <summary>Name of the function that a diagnostic is in; empty at file level.</summary>
    public static string Function(Diagnostic diagnostic) => Property(diagnostic, FunctionKey);

    /// <summary>The normalised statement that a diagnostic is about; empty if its maker gave none.</summary>
    public static string Statement(Diagnostic diagnostic) => Property(diagnostic, StatementKey);

    /// <summary>The path that leads to a diagnostic.</summary>
    public static ImmutableArray<TraceStep> Trace(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        var trace = ImmutableArray.CreateBuilder<TraceStep>();
        for (var i = 0; i < diagnostic.AdditionalLocations.Count; i++)
        {
            var place = diagnostic.AdditionalLocations[i].GetLineSpan();
            trace.Add(new TraceStep(
                place.Path, place.StartLinePosition.Line + 1, Property(diagnostic, StepKey(i, "function")), Property(diagnostic, StepKey(i, "message"))));
        }

        return trace.ToImmutable();
    }

    /// <summary>The mechanical cure that came with a diagnostic; null if none did.</summary>
    public static Fix? Fix(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        if (!diagnostic.Properties.TryGetValue(FixKey, out var title))
        {
            return null;
        }

        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        while (diagnostic.Properties.TryGetValue(EditKey(edits.Count), out var edit))
        {
            var parts = edit!.Split(' ', 3);
            edits.Add(new TextEdit(new TextSpan(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture)), parts[2]));
        }

        return new Fix(title!, edits.ToImmutable());
    }

    private static Location LocationOf(SourceText text, TextSpan span)
    {
        var start = Math.Clamp(span.Start, 0, text.Length);
        var end = Math.Clamp(span.End, start, text.Length);
        var lines = new LinePositionSpan(RoslynPosition(text, start), RoslynPosition(text, end));
        return Location.Create(text.Path, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(start, end), lines);
    }

    // Roslyn counts lines and columns from 0, we from 1.
    private static LinePosition RoslynPosition(SourceText text, int offset)
    {
        var position = text.PositionOf(offset);
        return new LinePosition(position.Line - 1, position.Column - 1);
    }

    private static Location LineLocation(string path, int line)
    {
        var position = new LinePosition(Math.Max(line, 1) - 1, 0);
        return Location.Create(path, default, new LinePositionSpan(position, position));
    }

    private static string EditKey(int index) => FixKey + "." + index.ToString(CultureInfo.InvariantCulture);

    private static string StepKey(int index, string field) => "trace." + index.ToString(CultureInfo.InvariantCulture) + "." + field;

    private static string Property(Diagnostic diagnostic, string key)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        return diagnostic.Properties.GetValueOrDefault(key) ?? "";
    }
}
