using System.CommandLine;
using Microsoft.CodeAnalysis;
using Review.Cli.Output;
using Review.Core.Diagnostics;

namespace Review.Cli.Commands;

/// <summary>
/// The options that every reviewing command shares: how the result is shown, where it goes, which findings are known
/// already, and when the command fails.
/// </summary>
internal sealed class ReportOptions
{
    private readonly Option<string> format = new("--format") { Description = "text, json, sarif, html, github or msbuild", DefaultValueFactory = _ => "text" };
    private readonly Option<string?> output = new("-o", "--output") { Description = "Write the result to this file instead of the terminal", HelpName = "FILE" };
    private readonly Option<string> failOn = new("--fail-on") { Description = "Exit with 1 if a finding is at least this severe: error, warning, info or never", DefaultValueFactory = _ => "warning" };
    private readonly Option<string?> baseline = new("--baseline") { Description = "Do not show the findings that this file lists", HelpName = "FILE" };
    private readonly Option<string?> writeBaseline = new("--write-baseline") { Description = "List the findings in this file, as known from now on", HelpName = "FILE" };
    private readonly Option<bool> pruneBaseline = new("--prune-baseline") { Description = "Drop from the baseline what no longer occurs" };
    private readonly Option<bool> fixDiff = new("--fix-diff") { Description = "Instead of the report: the mechanical cures of the findings as a patch for git apply" };
    private readonly Option<bool> noColor = new("--no-color") { Description = "No colours, as with NO_COLOR" };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="more">Formats that only this command has, and writes itself.</param>
    public void AddTo(Command command, params ReadOnlySpan<string> more)
    {
        format.AcceptOnlyFromAmong([.. ReportFormat.All.Select(known => known.Name), .. more]);
        failOn.AcceptOnlyFromAmong("error", "warning", "info", "never");
        foreach (var option in new Option[] { format, output, failOn, baseline, writeBaseline, pruneBaseline, fixDiff, noColor })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(pruneBaseline) && result.GetValue(baseline) is null)
            {
                result.AddError("--prune-baseline needs --baseline FILE");
            }

            if (result.GetValue(fixDiff) && result.GetResult(format) is { Implicit: false })
            {
                result.AddError("--fix-diff and --format exclude each other: a patch has one format");
            }
        });
    }

    /// <summary>The baseline that was asked for; empty if none was.</summary>
    /// <exception cref="UserError">It cannot be read, or is none.</exception>
    public Baseline ReadBaseline(ParseResult parsed) => parsed.GetValue(baseline) is { } file ? BaselineStore.Read(file) : Baseline.Empty;

    /// <summary>The format that was asked for.</summary>
    public string Format(ParseResult parsed) => parsed.GetValue(format)!;

    /// <summary>Where the result goes; null for the terminal.</summary>
    public string? Output(ParseResult parsed) => parsed.GetValue(output);

    /// <summary>The exit status that a result gives.</summary>
    public int Status(ParseResult parsed, AnalysisResult result) => StatusOf(result, ThresholdOf(parsed.GetValue(failOn)!));

    /// <summary>Shows a result, writes the baseline if that was asked for, and gives the exit status.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="report">The result; the baseline has been applied.</param>
    /// <param name="isGone">Tells whether a file of the tree no longer exists.</param>
    public int Finish(ParseResult parsed, Report report, Func<string, bool> isGone)
    {
        var file = parsed.GetValue(output);
        var useColors = file is null && Terminal.UseColors && !parsed.GetValue(noColor);
        var text = parsed.GetValue(fixDiff) ? Patch(report) : ReportFormat.Find(parsed.GetValue(format)!).Render(report with { UseColors = useColors });
        if (file is null)
        {
            parsed.InvocationConfiguration.Output.Write(text);
        }
        else
        {
            WholeFile.Write(file, text);
        }

        if (parsed.GetValue(pruneBaseline))
        {
            BaselineStore.Write(parsed.GetValue(baseline)!, ReadBaseline(parsed).Prune(report.Result, isGone));
        }

        if (parsed.GetValue(writeBaseline) is { } target)
        {
            BaselineStore.Write(target, BaselineStore.Covering(report.Result));
            return StatusOf(report.Result, null);
        }

        return StatusOf(report.Result, ThresholdOf(parsed.GetValue(failOn)!));
    }

    private static string Patch(Report report)
    {
        var diff = FixDiff.Of(report);
        foreach (var omission in diff.LeftOut)
        {
            Console.Error.WriteLine($"mmreview: {VisibleText.Of(omission)}");
        }

        return diff.Text;
    }

    // A rule that failed is a defect of ours whatever the user wants to hear of.
    private static int StatusOf(AnalysisResult result, DiagnosticSeverity? threshold) =>
        result.Findings.Any(finding => finding.Id == EngineRules.Failure.Id) ? ExitStatus.Defect
        : threshold is { } severity && result.HasFindingsAtLeast(severity) ? ExitStatus.Findings
        : ExitStatus.Clean;

    private static DiagnosticSeverity? ThresholdOf(string word) => word switch
    {
        "error" => DiagnosticSeverity.Error,
        "warning" => DiagnosticSeverity.Warning,
        "info" => DiagnosticSeverity.Info,
        _ => null,
    };
}
