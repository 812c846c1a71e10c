using System.Text.Json;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;

namespace Review.Cli.Output;

/// <summary>The result for programs, schema <c>mmreview-findings/1</c>. Columns count bytes from 1; ends are exclusive.</summary>
internal sealed class JsonReport
{
    /// <summary>The value of <c>schema</c>.</summary>
    public const string Schema = "mmreview-findings/1";

    private readonly Report report;
    private readonly Utf8JsonWriter json;

    private JsonReport(Report report, Utf8JsonWriter json)
    {
        this.report = report;
        this.json = json;
    }

    public static string Render(Report report) => JsonText.Write(json => new JsonReport(report, json).Write());

    private void Write()
    {
        var result = report.Result;
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteStartObject("tool");
        json.WriteString("name", result.Tool.Name);
        json.WriteString("version", result.Tool.Version);
        json.WriteString("clang", result.Tool.Clang);
        json.WriteString("binding", result.Tool.Binding);
        json.WriteEndObject();
        json.WriteStartObject("kernel");
        json.WriteString("version", result.Kernel.Version);
        json.WriteString("rev", result.Kernel.Revision);
        json.WriteString("arch", result.Kernel.Architecture);
        json.WriteString("config", result.Kernel.Config);
        json.WriteEndObject();
        json.WriteObjects("files", result.Files, file =>
        {
            json.WriteString("file", file.Path);
            json.WriteNumber("functions", file.Functions);
        });
        json.WriteObjects("findings", result.Findings, WriteFinding);
        json.WriteObjects("suppressed", result.Suppressed, WriteSuppressed);
        json.WriteObjects("proved", result.Proved, proof =>
        {
            json.WriteString("claim", proof.Claim);
            json.WriteString("scope", proof.Scope);
        });
        json.WriteObjects("notAnalysed", result.NotAnalysed, gap =>
        {
            json.WriteString("file", gap.Path);
            json.WriteString("function", gap.Function);
            json.WriteString("reason", gap.Reason);
            json.WriteString("cure", gap.Cure);
            if (gap.Rule is not null)
            {
                json.WriteString("rule", gap.Rule);
            }
        });
        if (report.Series is { } series)
        {
            SeriesJson.Write(json, series, WriteFinding);
        }

        WriteStatistics(result);
        json.WriteEndObject();
    }

    private void WriteFinding(Finding finding)
    {
        json.WriteString("rule", finding.Rule);
        json.WriteString("id", finding.Id);
        json.WriteString("severity", finding.Severity.Word());
        json.WriteString("message", finding.Message);
        json.WriteString("file", finding.Path);
        json.WriteNumber("line", finding.Line);
        json.WriteNumber("column", finding.Column);
        json.WriteNumber("endLine", finding.EndLine);
        json.WriteNumber("endColumn", finding.EndColumn);
        json.WriteString("function", finding.Function);
        json.WriteString("fingerprint", finding.Fingerprint);
        json.WriteObjects("trace", finding.Trace, step =>
        {
            json.WriteString("file", step.Path);
            json.WriteNumber("line", step.Line);
            json.WriteString("function", step.Function);
            json.WriteString("message", step.Message);
        });
        WriteWitness(finding.Witness);
        WritePatch(finding.Patch);
        WriteFix(finding);
        WriteBuilds(finding.Builds);
    }

    private void WriteSuppressed(Finding finding)
    {
        WriteFinding(finding);
        json.WriteString("by", finding.Suppression?.Kind == SuppressionKind.Baseline ? "baseline" : "comment");
        json.WriteString("reason", finding.Suppression?.Reason);
    }

    private void WriteWitness(WitnessResult witness)
    {
        json.WriteStartObject("witness");
        json.WriteString("status", Word(witness.Status));
        json.WriteObjects("steps", witness.Steps, step =>
        {
            json.WriteNumber("thread", step.Thread);
            json.WriteString("function", step.Function);
            json.WriteString("file", step.Path);
            json.WriteNumber("line", step.Line);
            json.WriteString("action", step.Action);
        });
        json.WriteString("violation", witness.Violation);
        json.WriteString("note", witness.Note);
        json.WriteEndObject();
    }

    private void WritePatch(PatchPlace? patch)
    {
        if (patch is null)
        {
            json.WriteNull("patch");
            return;
        }

        json.WriteStartObject("patch");
        if (patch.Introduced is { } number)
        {
            json.WriteNumber("introduced", number);
        }
        else
        {
            json.WriteNull("introduced");
        }

        json.WriteBoolean("survives", patch.Survives);
        json.WriteEndObject();
    }

    private void WriteFix(Finding finding)
    {
        if (finding.Fix is not { } fix)
        {
            json.WriteNull("fix");
            return;
        }

        var source = report.FindSource(finding.Path);
        json.WriteStartObject("fix");
        json.WriteString("title", fix.Title);
        json.WriteObjects("edits", fix.Edits, edit =>
        {
            json.WriteNumber("start", edit.Span.Start);
            json.WriteNumber("end", edit.Span.End);
            if (source is not null)
            {
                var (start, end) = (source.PositionOf(edit.Span.Start), source.PositionOf(edit.Span.End));
                json.WriteNumber("line", start.Line);
                json.WriteNumber("column", start.Column);
                json.WriteNumber("endLine", end.Line);
                json.WriteNumber("endColumn", end.Column);
            }

            json.WriteString("text", edit.Text);
        });
        json.WriteEndObject();
    }

    private void WriteBuilds(BuildOccurrence? builds)
    {
        if (builds is null)
        {
            json.WriteNull("builds");
            return;
        }

        json.WriteStartObject("builds");
        json.WriteString("words", builds.Words);
        foreach (var (name, list) in new[] { ("in", builds.In), ("notIn", builds.NotIn) })
        {
            json.WriteObjects(name, list, build =>
            {
                json.WriteString("arch", build.Architecture);
                json.WriteString("change", build.Change);
            });
        }

        json.WriteEndObject();
    }

    private void WriteStatistics(AnalysisResult result)
    {
        json.WriteStartObject("stats");
        json.WriteNumber("files", result.Files.Length);
        json.WriteNumber("functions", result.FunctionCount);
        json.WriteNumber("notAnalysed", result.NotAnalysed.Length);
        json.WriteNumber("findings", result.Findings.Length);
        foreach (var severity in new[] { DiagnosticSeverity.Error, DiagnosticSeverity.Warning, DiagnosticSeverity.Info })
        {
            json.WriteNumber(severity.Word(), result.Findings.Count(finding => finding.Severity == severity));
        }

        json.WriteNumber("confirmed", result.Findings.Count(finding => finding.Witness.Status == WitnessStatus.Confirmed));
        json.WriteNumber("suppressed", result.Suppressed.Length);
        json.WriteEndObject();
    }

    /// <summary>The word for a witness's status.</summary>
    public static string Word(WitnessStatus status) => status switch
    {
        WitnessStatus.Confirmed => "confirmed",
        WitnessStatus.Refuted => "refuted",
        _ => "none",
    };
}
