using System.Text.Json;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;

namespace Review.Cli.Output;

/// <summary>SARIF 2.1.0: the tool with its rules, the files, and around the results what <see cref="SarifResult"/> writes of each.</summary>
internal sealed class SarifReport
{
    private const string NotAnalysedId = "not-analysed";

    private readonly Report report;
    private readonly Utf8JsonWriter json;
    private readonly List<RuleInfo> rules;
    private readonly SarifPlaces places;

    private SarifReport(Report report, Utf8JsonWriter json)
    {
        this.report = report;
        this.json = json;
        var named = report.Result.Rules.Concat(Result.Findings.Concat(Result.Suppressed).Select(finding => finding.Rule)).ToHashSet(StringComparer.Ordinal);
        rules = [.. report.Rules.Rules.Where(rule => named.Contains(rule.Name))];
        places = new SarifPlaces(json, report);
    }

    public static string Render(Report report) => JsonText.Write(json => new SarifReport(report, json).Write());

    private AnalysisResult Result => report.Result;

    private void Write()
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool();
        WriteInvocation();
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(SarifPlaces.BaseId);
        WriteText("description", "The root of the kernel tree.");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteObjects("artifacts", Result.Files, file =>
        {
            places.WriteArtifact("location", file.Path, withIndex: false);
            json.WriteString("sourceLanguage", "c");
        });
        var results = new SarifResult(json, places, rules);
        json.WriteObjects("results", Result.Findings.Concat(Result.Suppressed), results.Write);
        json.WriteString("columnKind", "utf16CodeUnits");
        WriteProperties();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteTool()
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", Result.Tool.Name);
        json.WriteString("version", Result.Tool.Version);
        json.WriteObjects("rules", rules, WriteRule);
        json.WriteObjects("notifications", [NotAnalysedId], id =>
        {
            json.WriteString("id", id);
            WriteText("shortDescription", "A file or function about which nothing can be said.");
        });
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteRule(RuleInfo rule)
    {
        json.WriteString("id", rule.Number);
        json.WriteString("name", rule.Name);
        WriteText("shortDescription", rule.Title + ".");
        if (rule.ReadPage() is { } page)
        {
            json.WriteStartObject("help");
            json.WriteString("text", page);
            json.WriteString("markdown", page);
            json.WriteEndObject();
        }

        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", SarifResult.Level(rule.Descriptor.DefaultSeverity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        json.WriteStringValue(rule.Descriptor.Category);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteInvocation()
    {
        json.WriteObjects("invocations", [Result.NotAnalysed], gaps =>
        {
            json.WriteBoolean("executionSuccessful", !Result.Findings.Any(finding => finding.Id == EngineRules.Failure.Id));
            json.WriteObjects("toolExecutionNotifications", gaps, gap =>
            {
                json.WriteStartObject("descriptor");
                json.WriteString("id", NotAnalysedId);
                json.WriteNumber("index", 0);
                json.WriteEndObject();
                json.WriteString("level", "warning");
                var subject = gap.Function is null ? "the file" : gap.Function + "()";
                WriteText("message", SarifResult.Message($"{subject} is not analysed: {gap.Reason}; {gap.Cure}"));
                json.WriteObjects("locations", [gap], _ =>
                {
                    json.WriteStartObject("physicalLocation");
                    places.WriteArtifact("artifactLocation", gap.Path);
                    json.WriteEndObject();
                    places.WriteFunction(gap.Function ?? "");
                });
            });
        });
    }

    private void WriteProperties()
    {
        json.WriteStartObject("properties");
        json.WriteString("kernelVersion", Result.Kernel.Version);
        json.WriteString("kernelRevision", Result.Kernel.Revision);
        json.WriteString("architecture", Result.Kernel.Architecture);
        json.WriteString("configuration", Result.Kernel.Config);
        json.WriteString("clang", Result.Tool.Clang);
        json.WriteString("binding", Result.Tool.Binding);
        json.WriteNumber("functions", Result.FunctionCount);
        json.WriteObjects("proved", Result.Proved, proof =>
        {
            json.WriteString("claim", proof.Claim);
            json.WriteString("scope", proof.Scope);
        });
        json.WriteEndObject();
    }

    private void WriteText(string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
