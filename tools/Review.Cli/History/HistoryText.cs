using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Review.Cli.Output;
using Review.Core.Diagnostics;

namespace Review.Cli.History;

/// <summary>The history of a rule for people and for programs.</summary>
internal static class HistoryText
{
    private const int WidestBar = 20;

    /// <summary>One line for each commit, with a bar for its findings, and where it turns.</summary>
    public static string ToText(ImmutableArray<HistoryPoint> points, ImmutableArray<HistoryTurn> turns)
    {
        var text = new StringBuilder();
        var width = points.Select(static point => point.Commit.Name.Length).DefaultIfEmpty().Max();
        foreach (var point in points)
        {
            var words = point.Fires switch
            {
                true => $"{new string('#', Math.Min(point.Findings.Length, WidestBar))} {Summary.Count(point.Findings.Length, "finding")}: {string.Join(", ", point.Findings.Select(static finding => finding.Function + "()").Distinct(StringComparer.Ordinal))}",
                false => ". silent",
                null => $"? not analysed: {point.Gap}",
            };
            _ = text.Append(CultureInfo.InvariantCulture, $"{VisibleText.Of(point.Commit.Name).PadRight(width)}  {VisibleText.Of(words)}\n");
        }

        _ = text.Append('\n');
        foreach (var turn in turns)
        {
            var what = turn.Starts ? "starts" : "stops";
            _ = text.Append(VisibleText.Of(turn.IsExact
                ? $"{what} with {turn.After.Commit.Name} {turn.After.Commit.Subject}"
                : $"{what} behind {turn.Before.Commit.Name}, at the latest with {turn.After.Commit.Name} {turn.After.Commit.Subject}")).Append('\n');
        }

        return text.Append(turns.IsEmpty ? "does not turn over\n" : "").ToString();
    }

    /// <summary>The same as JSON, schema <c>mmreview-history/1</c>.</summary>
    public static string ToJson(string rule, string? function, ImmutableArray<HistoryPoint> points, ImmutableArray<HistoryTurn> turns) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "mmreview-history/1");
        json.WriteString("rule", rule);
        json.WriteString("function", function);
        json.WriteObjects("points", points, point =>
        {
            json.WriteString("rev", point.Commit.Name);
            json.WriteString("commit", point.Commit.Id);
            json.WriteString("subject", point.Commit.Subject);
            json.WriteString("state", point.Fires switch { true => "fires", false => "silent", null => "unknown" });
            json.WriteString("reason", point.Gap);
            json.WriteObjects("findings", point.Findings, finding =>
            {
                json.WriteString("file", finding.Path);
                json.WriteString("function", finding.Function);
                json.WriteNumber("line", finding.Line);
                json.WriteString("message", finding.Message);
                json.WriteString("fingerprint", finding.Fingerprint);
            });
        });
        json.WriteObjects("turns", turns, turn =>
        {
            json.WriteString("kind", turn.Starts ? "starts" : "stops");
            json.WriteString("before", turn.Before.Commit.Id);
            json.WriteString("after", turn.After.Commit.Id);
            json.WriteString("subject", turn.After.Commit.Subject);
            json.WriteBoolean("exact", turn.IsExact);
        });
        json.WriteEndObject();
    });
}
