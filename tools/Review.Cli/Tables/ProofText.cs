using System.Text;
using Review.Cli.Output;
using Review.Tables.Proofs;

namespace Review.Cli.Tables;

/// <summary>What a comparison came to, as text and as JSON.</summary>
internal static class ProofText
{
    /// <summary>Differences that are shown of one decision; the others are counted.</summary>
    private const int MaximumShown = 12;

    /// <summary>A line for each decision, and below it where it differs.</summary>
    public static string ToText(ProofResult result, string first, string second, IReadOnlyDictionary<string, long> values)
    {
        var text = new StringBuilder();
        foreach (var proved in result.Proved)
        {
            _ = text.Append($"equal: {proved.Name}{(proved.Gate is null ? "" : $", for what {proved.Gate}() lets through: it is asked before, and one side reads past its array for the rest")}\n");
        }

        foreach (var decision in result.Differences.GroupBy(static difference => difference.Decision))
        {
            _ = text.Append($"different: {decision.Key}\n");
            foreach (var difference in decision.Take(MaximumShown))
            {
                _ = text.Append($"  {Range(difference, values)}, {Setting(difference)}: {difference.First} in {first}, {difference.Second} in {second}\n");
            }

            _ = decision.Count() > MaximumShown ? text.Append($"  and {decision.Count() - MaximumShown} more\n") : text;
        }

        foreach (var only in result.OnlyOnOneSide)
        {
            _ = text.Append($"not compared: {only}, which only one side has\n");
        }

        var combinations = 1 << result.Options.Length;
        return text.Append($"{result.Proved.Length} of {result.Proved.Length + result.Differences.Select(static difference => difference.Decision).Distinct(StringComparer.Ordinal).Count()} equal for every int, "
            + $"{(combinations == 1 ? "no option asked for" : $"{combinations} combinations of {string.Join(", ", result.Options)}")}\n").ToString();
    }

    public static string ToJson(ProofResult result) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "mmreview-proof/1");
        json.WriteBoolean("equal", result.IsEqual);
        json.WriteStartArray("options");
        foreach (var option in result.Options)
        {
            json.WriteStringValue(option);
        }

        json.WriteEndArray();
        json.WriteObjects("proved", result.Proved, proved =>
        {
            json.WriteString("decision", proved.Name);
            json.WriteString("gate", proved.Gate);
        });
        json.WriteObjects("differences", result.Differences, difference =>
        {
            json.WriteString("decision", difference.Decision);
            json.WriteNumber("low", difference.Low);
            json.WriteNumber("high", difference.High);
            json.WriteString("config", Setting(difference));
            json.WriteString("first", difference.First);
            json.WriteString("second", difference.Second);
        });
        json.WriteEndObject();
    });

    private static string Range(Difference difference, IReadOnlyDictionary<string, long> values) => difference.Low != difference.High ? $"{difference.Low}..{difference.High}"
        : values.FirstOrDefault(value => value.Value == difference.Low).Key is { } name ? $"{name} ({difference.Low})" : $"{difference.Low}";

    private static string Setting(Difference difference) => difference.When.IsAlways ? "every configuration" : difference.When.ToString();
}
