using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Rules.Compiler;

/// <summary>
/// What clang says of a file under the warning options of the kernel's own build. Messages about headers are left aside: they are not about the
/// file, and every file that includes the header would repeat them.
/// </summary>
public sealed class Build : KernelAnalyzer
{
    private static readonly DiagnosticDescriptor Error = Describe("{0}", DiagnosticSeverity.Error);
    private static readonly DiagnosticDescriptor FatalWarning = Describe("{0} ({1}, an error in the kernel's build)", DiagnosticSeverity.Error);
    private static readonly DiagnosticDescriptor Warning = Describe("{0} ({1})", DiagnosticSeverity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Error, FatalWarning, Warning];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterTranslationUnitAction(static context =>
    {
        foreach (var message in context.Unit.Messages.Where(message => message.Path == context.Unit.Path && message.Severity > CompilerSeverity.Note))
        {
            var rule = message.Severity >= CompilerSeverity.Error ? Error : message.StopsTheBuild ? FatalWarning : Warning;
            var token = TokenAt(context.Unit.Text, message.Offset);
            if (context.Unit.Problems.FirstOrDefault(problem => problem.Span.Contains(message.Offset)) is { } broken)
            {
                // A function with an error has no statements that could be asked for; its lines are still there.
                var line = context.Unit.Text.Line(message.Line).Trim();
                context.Report(KernelDiagnostic.Create(rule, context.Unit.Text, token, broken.Function, line, Trace(context.Unit, message), null, message.Text, message.Option));
            }
            else
            {
                context.Report(rule, token, Trace(context.Unit, message), message.Text, message.Option);
            }
        }
    });

    private static DiagnosticDescriptor Describe(string message, DiagnosticSeverity severity) =>
        RuleDescriptor.Create("KMM9001", "build", "What clang says under the kernel's warnings", message, RuleCategory.Build, severity);

    /// <summary>The name, number or operator that begins at a place.</summary>
    private static TextSpan TokenAt(SourceText text, int offset)
    {
        var end = offset;
        while (end < text.Length && (char.IsAsciiLetterOrDigit((char)text.Bytes[end]) || text.Bytes[end] == '_'))
        {
            end++;
        }

        return new TextSpan(offset, Math.Min(text.Length, Math.Max(end, offset + 1)));
    }

    /// <summary>clang's notes, in its order; those without a place say nothing that can be shown.</summary>
    private static ImmutableArray<TraceStep> Trace(TranslationUnit unit, CompilerMessage message) =>
    [
        .. message.Notes.Where(static note => note.Path is not null).Select(note => new TraceStep(note.Path!, note.Line, FunctionAt(unit, note), note.Text)),
    ];

    private static string FunctionAt(TranslationUnit unit, CompilerMessage note) =>
        note.Path == unit.Path && unit.Functions.FirstOrDefault(function => function.Span.Contains(note.Offset)) is { } function ? function.Name : "";
}
