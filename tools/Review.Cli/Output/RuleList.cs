using System.Text;
using Review.Core.Diagnostics;
using Review.Core.Engine;

namespace Review.Cli.Output;

/// <summary>The rules as a table for people and as JSON for programs.</summary>
internal static class RuleList
{
    private const string Gap = "  ";

    /// <summary>One line per rule, columns aligned.</summary>
    public static string ToText(RuleCatalog catalog)
    {
        var rows = catalog.Rules
            .Select(rule => new[] { rule.Number, rule.Name, rule.Descriptor.DefaultSeverity.Word(), rule.Descriptor.Category, rule.Title })
            .Prepend(["number", "name", "severity", "category", "title"])
            .Select(row => row.Select(VisibleText.Of).ToArray())
            .ToList();
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length)).ToList();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(string.Join(Gap, row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>An object per rule, by number.</summary>
    public static string ToJson(RuleCatalog catalog) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "mmreview-rules/1");
        json.WriteObjects("rules", catalog.Rules, rule =>
        {
            json.WriteString("id", rule.Number);
            json.WriteString("name", rule.Name);
            json.WriteString("severity", rule.Descriptor.DefaultSeverity.Word());
            json.WriteString("category", rule.Descriptor.Category);
            json.WriteString("title", rule.Title);
        });
        json.WriteEndObject();
    });
}
