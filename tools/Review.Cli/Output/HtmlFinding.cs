using System.Globalization;
using Review.Core.Diagnostics;
using Review.Core.Source;

namespace Review.Cli.Output;

/// <summary>One finding of the page: the message, the source around it, the path, the interleaving.</summary>
internal sealed class HtmlFinding(Report report)
{
    private const int ContextLines = 4;

    /// <summary>The name of a place in the page, from a position in a list.</summary>
    public static string Anchor(string prefix, int index) => prefix + (index + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The coloured word for a severity.</summary>
    public static Html Badge(Finding finding)
    {
        var word = finding.Severity.Word();
        return Html.Of($"<span class=\"badge {word}\">{word}</span>");
    }

    /// <summary>A function's name, or a dash at file level.</summary>
    public static string Function(string name) => name.Length > 0 ? name + "()" : "–";

    /// <summary>The finding as an article.</summary>
    public Html Render(Finding finding, string anchor) => Html.Of(
        $"""
        <article id="{anchor}" class="{finding.Severity.Word()}">
        <h3>{Badge(finding)} {finding.Message}</h3>
        <p class="place"><code>{finding.Path}:{finding.Line}:{finding.Column}</code> <span class="sep">·</span> <code>{Function(finding.Function)}</code> <span class="sep">·</span> {finding.Rule} {finding.Id}</p>
        {Reason(finding)}{Excerpt(finding)}{Trace(finding)}{Interleaving(finding.Witness)}{Place(finding.Patch)}{Occurrence(finding.Builds)}{Cure(finding.Fix)}{Foot(finding)}</article>

        """);

    private static Html Reason(Finding finding) => finding.Suppression is not { } suppression ? default : Html.Of(
        $"<p class=\"reason\">Suppressed by {(suppression.Kind == SuppressionKind.Comment ? "a comment" : "the baseline")}: {suppression.Reason}</p>\n");

    private Html Foot(Finding finding)
    {
        var title = report.Rules.Find(finding.Id) is { } rule ? rule.Title + ". " : "";
        return Html.Of($"<p class=\"more\">{title}<code>mmreview explain {finding.Rule}</code> <span class=\"fingerprint\">{finding.Fingerprint}</span></p>\n");
    }

    private Html Excerpt(Finding finding)
    {
        var source = report.FindSource(finding.Path);
        if (SourceColumns.OnLine(source, finding, finding.Line) is null)
        {
            return default;
        }

        var first = Math.Max(1, finding.Line - ContextLines);
        var last = Math.Min(source!.LineCount, Math.Min(finding.EndLine, finding.Line + ContextLines) + ContextLines);
        return Html.Of($"<pre class=\"source\"><code>{Enumerable.Range(first, last - first + 1).Select(line => Line(source, finding, line))}</code></pre>\n");
    }

    private static Html Line(SourceText source, Finding finding, int line)
    {
        var range = SourceColumns.OnLine(source, finding, line);
        var content = range is { } marked && marked.End > marked.Start
            ? Html.Of($"{marked.Line[..marked.Start]}<mark>{marked.Line[marked.Start..marked.End]}</mark>{marked.Line[marked.End..]}")
            : Html.Text(source.Line(line));
        return Html.Of($"<span class=\"line{(range is null ? "" : " hit")}\"><span class=\"number\">{line}</span>{content}\n</span>");
    }

    private Html Trace(Finding finding) => finding.Trace.IsEmpty ? default : Html.Of(
        $"""
        <h4>How it gets there</h4>
        <ol class="trace">
        {finding.Trace.Select(step => Html.Of($"<li><p><code>{Function(step.Function)}</code> {step.Message}</p>{Statement(step)}</li>\n"))}</ol>

        """);

    private Html Statement(TraceStep step)
    {
        var source = report.FindSource(step.Path);
        return source is null || step.Line < 1 || step.Line > source.LineCount || string.IsNullOrWhiteSpace(source.Line(step.Line))
            ? default
            : Html.Of($"<pre><code><span class=\"number\">{step.Path}:{step.Line}</span>{source.Line(step.Line).Trim()}</code></pre>");
    }

    private static Html Interleaving(WitnessResult witness)
    {
        if (witness.Status != WitnessStatus.Confirmed)
        {
            return WitnessWords.Of(witness) is { Length: > 0 } words ? Html.Of($"<p class=\"builds\">{char.ToUpperInvariant(words[0])}{words[1..]}.</p>\n") : default;
        }

        var threads = witness.Steps.Select(step => step.Thread).Distinct().Order().ToList();
        return Html.Of(
            $"""
            <h4>Confirmed on the model</h4>
            <p class="violation">{witness.Violation}</p>
            <div class="scroll"><table class="witness">
            <thead><tr>{threads.Select(thread => Html.Of($"<th>CPU{thread}</th>"))}</tr></thead>
            <tbody>
            {witness.Steps.Select(step => Html.Of($"<tr>{threads.Select(thread => thread == step.Thread ? Html.Of($"<td><code>{Function(step.Function)}</code> {step.Action}</td>") : Html.Raw("<td></td>"))}</tr>\n"))}</tbody>
            </table></div>

            """);
    }

    private static Html Occurrence(BuildOccurrence? builds) => builds is null ? default : Html.Of($"<p class=\"builds\">Shows {builds.Words}.</p>\n");

    private static Html Cure(Fix? fix) => fix is null ? default : Html.Of($"<p class=\"fix\">Fix: {fix.Title} (<code>mmreview check --fix-diff</code>).</p>\n");

    private static Html Place(PatchPlace? patch) => patch is null ? default : Html.Of(
        $"<p class=\"patch\">{(patch.Introduced is { } number ? $"Introduced by patch {number}" : "Was there before the series")}, {(patch.Survives ? "still there after the last patch" : "gone after the last patch")}.</p>\n");
}
