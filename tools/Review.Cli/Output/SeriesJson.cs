using System.Text.Json;
using Review.Cli.Patch;
using Review.Core.Diagnostics;

namespace Review.Cli.Output;

/// <summary>The member <c>series</c> of the JSON report.</summary>
internal static class SeriesJson
{
    /// <summary>Writes it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="report">The series.</param>
    /// <param name="writeFinding">Writes the members of a finding.</param>
    public static void Write(Utf8JsonWriter json, SeriesReport report, Action<Finding> writeFinding)
    {
        json.WriteStartObject("series");
        json.WriteString("title", report.Series.Title);
        json.WriteNumber("revision", report.Series.Revision);
        json.WriteNumber("total", report.Series.Total);
        json.WriteString("base", report.Base);
        json.WriteObjects("patches", report.Series.Patches, patch =>
        {
            json.WriteNumber("number", patch.Number);
            json.WriteString("title", patch.Title);
            json.WriteString("messageId", patch.Mail?.MessageId);
        });
        json.WriteObjects("cured", report.Cured, cured =>
        {
            writeFinding(cured.Finding);
            json.WriteNumber("curedBy", cured.By);
        });
        json.WriteObjects("transient", report.Transient, writeFinding);
        json.WriteNumber("old", report.Old);
        json.WriteObjects("moved", report.Moved, moved =>
        {
            json.WriteNumber("patch", moved.Patch);
            json.WriteString("file", moved.Path);
            json.WriteNumber("hunk", moved.Hunk);
            json.WriteNumber("lines", moved.Lines);
        });
        json.WriteObjects("counterProposals", report.Verdicts, verdict =>
        {
            json.WriteString("from", verdict.Proposal.Mail.From?.Name);
            json.WriteString("messageId", verdict.Proposal.Mail.MessageId);
            json.WriteNumber("answers", verdict.Proposal.Answers);
            json.WriteBoolean("onTopOfEarlier", !verdict.Proposal.Earlier.IsEmpty);
            json.WriteObjects("cures", verdict.Cures, writeFinding);
            json.WriteObjects("leaves", verdict.Leaves, writeFinding);
            json.WriteObjects("introduces", verdict.Introduces, writeFinding);
            json.WriteString("notJudged", verdict.Trouble);
        });
        json.WriteStartArray("remarks");
        foreach (var remark in report.Remarks)
        {
            json.WriteStringValue(remark);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
