using System.Globalization;
using System.Text;

namespace Review.Dev.Bench;

/// <summary>The comparison as Markdown, and as a picture.</summary>
/// <param name="Title">What was measured, where.</param>
/// <param name="Yardstick">clang that only parses.</param>
/// <param name="Rows">The tools.</param>
/// <param name="Aims">What mmreview promises, and what was measured of it.</param>
internal sealed record BenchPage(string Title, BenchRow Yardstick, IReadOnlyList<BenchRow> Rows, IReadOnlyList<Aim> Aims)
{
    private const int LabelWidth = 270;
    private const int BarWidth = 420;
    private const int RowHeight = 26;

    /// <summary>A table of medians, ratios and findings, above it the chart.</summary>
    /// <param name="chart">Where <see cref="ToSvg"/> lies, beside the page.</param>
    public string ToMarkdown(string chart)
    {
        var text = new StringBuilder();
        _ = text.Append("# Speed and findings beside other tools\n\n").Append("Made by `dotnet run --project tools/Review.Dev -- bench`; not edited by hand.\n\n").Append(Title)
            .Append(CultureInfo.InvariantCulture, $"\n\n![Seconds of processor time, on a logarithmic scale]({chart})").Append("\n\n| tool | wall s | ratio to clang -fsyntax-only | processor s | ratio to clang -fsyntax-only | findings | true | false | unread |\n|---|---|---|---|---|---|---|---|---|\n");
        foreach (var row in Rows.Prepend(Yardstick))
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | ");
            _ = row.Run is { } run
                ? text.Append(CultureInfo.InvariantCulture, $"{run.Wall:0.00} | {run.Wall / Yardstick.Run!.Wall:0.00} | {run.Processor:0.00} | {run.Processor / Yardstick.Run.Processor:0.00} | ")
                : text.Append("not installed | | | | ");
            _ = row.Findings is { } count && row.Run is not null
                ? text.Append(CultureInfo.InvariantCulture, $"{count} | {row.True} | {count - row.True - row.Unread} | {row.Unread} |\n")
                : text.Append(" | | | |\n");
        }

        _ = text.Append("\nTimes are medians over all files together, from one run of everything in turns; clang and the peers run on one processor, mmreview on all. Whether a finding is true was decided by people who read the code: `docs/verdicts.tsv` for ours, `docs/peers.tsv` for the others; \"unread\" is what nobody has looked at.\n")
            .Append("\n## What mmreview promises\n\nFrom the same run. With an empty cache nothing is kept of any earlier run; a second run that finds no result compiles the headers; where the tree is known, its configuration and compiled headers are kept, and no result.\n\n| what | measured | wanted | kept |\n|---|---|---|---|\n");
        foreach (var aim in Aims)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"| {aim.What} | {aim.Measured} | {aim.Wanted} | {aim.Kept} |\n");
        }

        return text.ToString();
    }

    /// <summary>Bars of processor time on a logarithmic scale, as SVG.</summary>
    public string ToSvg()
    {
        var rows = Rows.Prepend(Yardstick).Where(static row => row.Run is { Processor: > 0 }).ToList();
        var least = Math.Floor(Math.Log10(rows.Min(static row => row.Run!.Processor)));
        var most = Math.Ceiling(Math.Log10(rows.Max(static row => row.Run!.Processor)));
        most = most > least ? most : least + 1;
        var height = (rows.Count * RowHeight) + 60;
        var svg = new StringBuilder();
        _ = svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{LabelWidth + BarWidth + 90}" height="{height}" font-family="sans-serif" font-size="13">""").Append('\n')
            .Append("""<rect width="100%" height="100%" fill="#ffffff"/>""").Append('\n')
            .Append("""<text x="10" y="20" font-weight="bold">Processor time in seconds, logarithmic</text>""").Append('\n');
        for (var power = least; power <= most; power++)
        {
            var x = LabelWidth + (BarWidth * (power - least) / (most - least));
            _ = svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{x:0.#}" y1="32" x2="{x:0.#}" y2="{height - 24}" stroke="#dddddd"/><text x="{x:0.#}" y="{height - 8}" text-anchor="middle" fill="#666666">{Math.Pow(10, power):0.###}</text>""").Append('\n');
        }

        for (var i = 0; i < rows.Count; i++)
        {
            var time = rows[i].Run!.Processor;
            var y = 38 + (i * RowHeight);
            var width = Math.Max(1, BarWidth * (Math.Log10(time) - least) / (most - least));
            var color = rows[i].IsOurs ? "#1a7f37" : i == 0 ? "#888888" : "#0969da";
            _ = svg.Append(CultureInfo.InvariantCulture, $"""<text x="{LabelWidth - 8}" y="{y + 14}" text-anchor="end">{Escape(rows[i].Name)}</text><rect x="{LabelWidth}" y="{y}" width="{width:0.#}" height="{RowHeight - 8}" fill="{color}"/><text x="{LabelWidth + width + 5:0.#}" y="{y + 14}">{time:0.00}</text>""").Append('\n');
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
