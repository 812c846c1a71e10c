using System.Globalization;
using System.Text;
using Review.Cli.Output;
using Review.Core.Diagnostics;
using Review.Model.Exploration;

namespace Review.Cli.Exploring;

/// <summary>Explorations as text: a verdict for each kernel, and the shortest violation as a table with one column per thread.</summary>
internal static class ExplorationText
{
    /// <summary>The text of a file's explorations.</summary>
    public static string Of(ExplorationFile file, IEnumerable<Exploration> explorations)
    {
        var text = new StringBuilder();
        foreach (var exploration in explorations)
        {
            var result = exploration.Result;
            text.Append(CultureInfo.InvariantCulture, $"{file.Name} on {exploration.Era.Name}: {Verdict(file, exploration)}\n");
            if (result.Violation is { } violation)
            {
                var steps = InterleavingRow.Of(violation, exploration.Program.Names.ExpressionOf);
                foreach (var line in WitnessTable.Lines(new WitnessResult(WitnessStatus.Confirmed, [.. steps], violation.Breach.What)))
                {
                    text.Append(CultureInfo.InvariantCulture, $"  {line}\n");
                }
            }

            text.Append(CultureInfo.InvariantCulture, $"  {result.States} states, {result.Transitions} steps{Interleavings(result)}\n");
        }

        return text.ToString();
    }

    private static string Verdict(ExplorationFile file, Exploration exploration) => exploration.Result switch
    {
        { Violation: { } violation } => $"{violation.Property} is violated: {violation.Breach.What}{(exploration.Pages is { Length: > 0 } pages ? $" ({pages})" : "")}",
        { Outcome: ExplorationOutcome.OutOfBounds } => "not explored to the end: a bound was reached, nothing is proved",
        _ => $"holds in every interleaving: {string.Join(", ", file.Properties.Select(static property => property.Name).Append(Explorer.SomebodyCanGoOn))}",
    };

    private static string Interleavings(ExplorationResult result) => result.Outcome == ExplorationOutcome.Holds
        ? string.Create(CultureInfo.InvariantCulture, $", {result.Interleavings} interleavings with {result.Ends} different ends")
        : "";
}
