using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Source;

namespace Review.Cli.Output;

/// <summary>What people read in a terminal: clang's form, with the path that leads to the finding.</summary>
internal sealed class TextReport
{
    private const string TraceLabel = "  trace: ";

    private readonly Report report;
    private readonly Ansi ansi;
    private readonly StringBuilder text = new();
    private readonly HashSet<string> explained = new(StringComparer.Ordinal);

    private TextReport(Report report)
    {
        this.report = report;
        ansi = new Ansi(report.UseColors);
    }

    public static string Render(Report report) => new TextReport(report).Render();

    private string Render()
    {
        foreach (var finding in report.Result.Findings)
        {
            Add(finding);
            Line("");
        }

        foreach (var gap in report.Result.NotAnalysed)
        {
            var subject = gap.Function is null ? "" : $"{gap.Function}() is ";
            Line($"{ansi.Bold(VisibleText.Of(gap.Path) + ":")} {VisibleText.Of(subject)}not analysed: {VisibleText.Of(gap.Reason)}; {VisibleText.Of(gap.Cure)}");
        }

        if (!report.Result.NotAnalysed.IsEmpty)
        {
            Line("");
        }

        foreach (var proof in report.Result.Proved)
        {
            Line(VisibleText.Of($"proved: {proof.Claim}, for {proof.Scope}"));
        }

        foreach (var line in report.Series is { } series ? SeriesText.Lines(series) : [])
        {
            Line(line);
        }

        Line(Summary.Of(report.Result));
        return text.ToString();
    }

    private void Add(Finding finding)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{VisibleText.Of(finding.Path)}:{finding.Line}:{finding.Column}:");
        Line($"{ansi.Bold(place)} {Colored(finding.Severity)} {ansi.Bold(VisibleText.Of(finding.Message))} [{finding.Rule} {finding.Id}]");
        AddExcerpt(finding);
        AddTrace(finding);
        AddWitness(finding.Witness);
        if (finding.Patch is { } patch)
        {
            Line("  patch: " + Describe(patch));
        }

        if (finding.Builds is { } builds)
        {
            Line($"  shows: {VisibleText.Of(builds.Words)}");
        }

        if (finding.Fix is { } fix)
        {
            Line($"  fix: {VisibleText.Of(fix.Title)} (--fix-diff)");
        }

        if (explained.Add(finding.Rule))
        {
            Line($"  more: mmreview explain {finding.Rule}");
        }
    }

    private void AddExcerpt(Finding finding)
    {
        var source = report.FindSource(finding.Path);
        if (SourceColumns.OnLine(source, finding, finding.Line) is not { } range)
        {
            return;
        }

        if (EnclosingLine.Above(source!, finding.Line) is { } above)
        {
            Line($"{Gutter(above)} {TerminalLine.Of(source!.Line(above)).Text}");
        }

        var line = TerminalLine.Of(range);
        Line($"{Gutter(finding.Line)} {line.Text}");
        Line($"{Gutter(null)} {ansi.Green(line.Underline)}");
    }

    private void AddTrace(Finding finding)
    {
        var label = TraceLabel;
        var width = finding.Trace.Select(step => VisibleText.Of(step.Function).Length).DefaultIfEmpty().Max();
        foreach (var step in finding.Trace)
        {
            Line($"{label}{VisibleText.Of(step.Function).PadRight(width)}  {VisibleText.Of(step.Message)}");
            label = new string(' ', TraceLabel.Length);
        }
    }

    private void AddWitness(WitnessResult witness)
    {
        if (WitnessWords.Of(witness) is { Length: > 0 } words)
        {
            Line($"  {VisibleText.Of(words)}");
        }

        if (witness.Status == WitnessStatus.Confirmed)
        {
            foreach (var row in WitnessTable.Lines(witness))
            {
                Line("         " + row);
            }
        }
    }

    private static string Describe(PatchPlace patch) =>
        (patch.Introduced is { } number ? $"introduced by patch {number}" : "was there before the series")
        + (patch.Survives ? ", still there after the last patch" : ", gone after the last patch");

    private string Colored(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => ansi.Red("error:"),
        DiagnosticSeverity.Warning => ansi.Magenta("warning:"),
        _ => ansi.Cyan("info:"),
    };

    private static string Gutter(int? line) => string.Create(CultureInfo.InvariantCulture, $"{line,6} |");

    private void Line(string line) => text.Append(line.TrimEnd()).Append('\n');
}
