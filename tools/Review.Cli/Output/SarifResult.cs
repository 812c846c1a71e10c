using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;

namespace Review.Cli.Output;

/// <summary>Writes one finding as a SARIF result.</summary>
internal sealed partial class SarifResult(Utf8JsonWriter json, SarifPlaces places, List<RuleInfo> rules)
{
    /// <summary>SARIF's word for a severity.</summary>
    public static string Level(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };

    /// <summary>Text in which SARIF viewers shall see no link: <c>[...](...)</c> would be one.</summary>
    public static string Message(string text) => LinkStart().Replace(text, @"\[");

    /// <summary>Writes the properties of a result.</summary>
    public void Write(Finding finding)
    {
        json.WriteString("ruleId", finding.Id);
        var index = rules.FindIndex(rule => rule.Number == finding.Id);
        if (index >= 0)
        {
            json.WriteNumber("ruleIndex", index);
        }

        json.WriteString("level", Level(finding.Severity));
        json.WriteStartObject("message");
        json.WriteString("text", Message(finding.Message));
        json.WriteEndObject();
        json.WriteObjects("locations", [finding], _ =>
        {
            places.WritePlace(finding);
            places.WriteFunction(finding.Function);
        });
        json.WriteStartObject("partialFingerprints");
        json.WriteString("mmreview/v1", finding.Fingerprint);
        json.WriteEndObject();
        WriteFlows(finding);
        WriteFix(finding);

        // Once one result says that it is suppressed, the others have to say that they are not.
        json.WriteObjects("suppressions", finding.Suppression is { } suppression ? [suppression] : Array.Empty<FindingSuppression>(), reason =>
        {
            json.WriteString("kind", reason.Kind == SuppressionKind.Comment ? "inSource" : "external");
            json.WriteString("justification", reason.Reason);
        });
        WriteProperties(finding);
    }

    private void WriteFix(Finding finding)
    {
        if (finding.Fix is not { } fix || !places.Knows(finding.Path))
        {
            return;
        }

        json.WriteObjects("fixes", [fix], one =>
        {
            json.WriteStartObject("description");
            json.WriteString("text", Message(one.Title));
            json.WriteEndObject();
            json.WriteObjects("artifactChanges", [one.Edits], edits =>
            {
                places.WriteArtifact("artifactLocation", finding.Path);
                json.WriteObjects("replacements", edits, edit =>
                {
                    places.WriteRegion("deletedRegion", finding.Path, edit.Span);
                    json.WriteStartObject("insertedContent");
                    json.WriteString("text", edit.Text);
                    json.WriteEndObject();
                });
            });
        });
    }

    private void WriteFlows(Finding finding)
    {
        var isConfirmed = finding.Witness.Status == WitnessStatus.Confirmed && !finding.Witness.Steps.IsEmpty;
        if (finding.Trace.IsEmpty && !isConfirmed)
        {
            return;
        }

        json.WriteStartArray("codeFlows");
        if (!finding.Trace.IsEmpty)
        {
            WriteTrace(finding);
        }

        if (isConfirmed)
        {
            WriteInterleaving(finding.Witness);
        }

        json.WriteEndArray();
    }

    private void WriteTrace(Finding finding)
    {
        json.WriteStartObject();
        json.WriteObjects("threadFlows", [finding.Trace], trace =>
            json.WriteObjects("locations", trace, step => places.WriteStep(step.Path, step.Line, step.Function, step.Message)));
        json.WriteEndObject();
    }

    private void WriteInterleaving(WitnessResult witness)
    {
        var steps = witness.Steps.Select((step, order) => (step, order)).ToList();
        json.WriteStartObject();
        json.WriteStartObject("message");
        json.WriteString("text", Message(witness.Violation ?? "An interleaving that breaks a property."));
        json.WriteEndObject();
        json.WriteObjects("threadFlows", steps.GroupBy(pair => pair.step.Thread).OrderBy(group => group.Key), thread =>
        {
            json.WriteString("id", $"CPU{thread.Key}");
            json.WriteObjects("locations", thread, pair =>
            {
                places.WriteStep(pair.step.Path, pair.step.Line, pair.step.Function, pair.step.Action);
                json.WriteNumber("executionOrder", pair.order);
            });
        });
        json.WriteEndObject();
    }

    private void WriteProperties(Finding finding)
    {
        json.WriteStartObject("properties");
        json.WriteString("witness", JsonReport.Word(finding.Witness.Status));
        if (finding.Witness.Note.Length > 0)
        {
            json.WriteString("witnessNote", finding.Witness.Note);
        }

        if (finding.Builds is { } builds)
        {
            json.WriteString("builds", builds.Words);
        }

        if (finding.Patch is { } patch)
        {
            if (patch.Introduced is { } number)
            {
                json.WriteNumber("introducedByPatch", number);
            }

            json.WriteBoolean("survivesSeries", patch.Survives);
        }

        json.WriteEndObject();
    }

    [GeneratedRegex(@"\[(?=[^\]]*\]\()", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkStart();
}
