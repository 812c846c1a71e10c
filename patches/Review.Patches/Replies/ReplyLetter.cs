using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Review.Core.Diagnostics;

namespace Review.Patches.Replies;

/// <summary>A remark on a patch: what is quoted of it, and what is asked.</summary>
/// <param name="Quote">Lines of the patch, without quote marks.</param>
/// <param name="Finding">The finding.</param>
public sealed record ReplyRemark(ImmutableArray<string> Quote, Finding Finding);

/// <summary>The end of a letter: what made it and how anybody can make it again.</summary>
/// <param name="Tool">Name and version.</param>
/// <param name="Base">What the series was applied to.</param>
/// <param name="Architecture">For what it was compiled.</param>
/// <param name="Last">E.g. <c>8/8</c>: the patch after which the findings are still there.</param>
/// <param name="Command">The command that shows the same.</param>
public sealed record ReplyFooter(string Tool, string Base, string Architecture, string Last, string Command);

/// <summary>
/// Writes the letter about one patch as Markdown: the one source of the mail's text and of the page. Quotes are code blocks of the kind <c>quote</c>, tables of an interleaving
/// are of the kind <c>witness</c>.
/// </summary>
public static class ReplyLetter
{
    /// <summary>The lines of an interleaving that a letter shows, at its beginning and at its end.</summary>
    private const int WitnessBegin = 40;

    private const int WitnessEnd = 12;

    /// <summary>The letter.</summary>
    public static string Write(DateTimeOffset? date, IReadOnlyList<ReplyRemark> remarks, ReplyFooter footer)
    {
        ArgumentNullException.ThrowIfNull(remarks);
        return Write(date, [.. remarks.Select(static remark => (remark.Finding.Rule, Section(remark)))], footer);
    }

    /// <summary>The letter out of sections that were written before.</summary>
    /// <param name="date">When the patch was sent.</param>
    /// <param name="sections">The rule and the text of each remark.</param>
    /// <param name="footer">Its end.</param>
    public static string Write(DateTimeOffset? date, ImmutableArray<(string Rule, string Section)> sections, ReplyFooter footer)
    {
        ArgumentNullException.ThrowIfNull(footer);
        var text = new StringBuilder();
        _ = text.Append(date is { } day ? day.ToString("'On 'ddd, d MMM yyyy', the patch says:'", CultureInfo.InvariantCulture) : "The patch says:").Append("\n\n");
        foreach (var (_, section) in sections)
        {
            _ = text.Append(section);
        }

        var rules = string.Join(" + ", sections.Select(static section => section.Rule).Distinct(StringComparer.Ordinal));
        _ = text.Append("---\n\n");
        Fence(text, "footer", [$"{footer.Tool}, {rules}, still present after {footer.Last}", $"base {footer.Base}, {footer.Architecture}", $"reproduce: {footer.Command}"]);
        return text.ToString();
    }

    /// <summary>The part of a letter about one remark.</summary>
    public static string Section(ReplyRemark remark)
    {
        ArgumentNullException.ThrowIfNull(remark);
        var text = new StringBuilder();
        Fence(text, "quote", remark.Quote);
        _ = text.Append(Escape(Sentence(remark.Finding))).Append("\n\n");
        if (!remark.Finding.Trace.IsEmpty)
        {
            Fence(text, "trace", [.. remark.Finding.Trace.Select(static step => $"{VisibleText.Of(step.Function)}{(step.Function.Length > 0 ? "(): " : "")}{VisibleText.Of(step.Message)}")]);
        }

        if (remark.Finding.Witness is { Status: WitnessStatus.Confirmed } witness)
        {
            _ = text.Append(Escape($"Run on a model of mm, the code as patched does this: {VisibleText.Of(witness.Violation ?? "")}.")).Append("\n\n");
            Fence(text, "witness", Shortened([.. WitnessTable.Lines(witness, WitnessTable.InMail)]));
        }

        return text.ToString();
    }

    /// <summary>Nobody reads hundreds of lines of one run, such as one that goes round for ever: how it begins and how it ends is kept.</summary>
    private static ImmutableArray<string> Shortened(ImmutableArray<string> lines) =>
        lines.Length <= WitnessBegin + WitnessEnd ? lines : [.. lines[..WitnessBegin], $"[ ... {(lines.Length - WitnessBegin - WitnessEnd).ToString(CultureInfo.InvariantCulture)} lines ... ]", .. lines[^WitnessEnd..]];

    /// <summary>A question, not a verdict.</summary>
    private static string Sentence(Finding finding) =>
        $"{(finding.Function.Length > 0 ? $"In {VisibleText.Of(finding.Function)}(), {VisibleText.Of(finding.Message)}." : $"Here {VisibleText.Of(finding.Message)}.")} Is that meant to be so?";

    private static void Fence(StringBuilder text, string kind, ImmutableArray<string> lines)
    {
        if (lines.IsEmpty)
        {
            return;
        }

        var fence = new string('`', Math.Max(3, lines.Max(static line => Longest(line, '`')) + 1));
        _ = text.Append(fence).Append(kind).Append('\n');
        foreach (var line in lines)
        {
            _ = text.Append(VisibleText.Of(line.Replace('\t', '\u2409')).Replace('\u2409', '\t')).Append('\n');
        }

        _ = text.Append(fence).Append("\n\n");
    }

    private static int Longest(string line, char wanted)
    {
        var (longest, run) = (0, 0);
        foreach (var c in line)
        {
            run = c == wanted ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    /// <summary>Text as Markdown: no name of a function becomes markup.</summary>
    private static string Escape(string text) => string.Concat(text.Select(static c => c is '*' or '_' or '`' or '[' or ']' or '<' or '>' or '\\' or '#' or '&' or '~' or '|' or '!' ? $"\\{c}" : c.ToString()));
}
