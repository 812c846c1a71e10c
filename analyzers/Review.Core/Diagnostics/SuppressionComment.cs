using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Core.Diagnostics;

/// <summary>
/// A comment that allows a finding: <c>/* mmreview: allow stale-prev, KMM1002 -- why */</c>. It counts for the
/// lines it shares with code; a comment that has its lines to itself counts for the next line of code below it and the comments under it.
/// </summary>
/// <param name="Span">The comment, in bytes.</param>
/// <param name="Text">What it says, on one line, without delimiters.</param>
/// <param name="Names">The rules it names.</param>
/// <param name="Reason">The reason; empty if it gives none, and then it allows nothing.</param>
/// <param name="FirstLine">First line it counts for, from 1.</param>
/// <param name="LastLine">Last line it counts for, inclusive.</param>
/// <param name="Problem">Why it cannot be understood; null for a well-formed one.</param>
public sealed partial record SuppressionComment(
    TextSpan Span, string Text, ImmutableArray<string> Names, string Reason, int FirstLine, int LastLine, string? Problem)
{
    private const string Mark = "mmreview:";

    /// <summary>The suppressions among a file's comments, in source order.</summary>
    public static ImmutableArray<SuppressionComment> FindAll(SourceText text, ImmutableArray<Comment> comments)
    {
        ArgumentNullException.ThrowIfNull(text);
        var commentLines = new CommentLines(text, comments);
        var found = ImmutableArray.CreateBuilder<SuppressionComment>();
        foreach (var comment in comments)
        {
            if (!comment.Text.Contains(Mark, StringComparison.Ordinal))
            {
                continue;
            }

            var content = ContentOf(comment.Text);
            if (content.StartsWith(Mark, StringComparison.Ordinal))
            {
                var (first, last) = commentLines.CoveredBy(comment);
                found.Add(Parse(comment.Span, content, first, last));
            }
        }

        return found.ToImmutable();
    }

    private static SuppressionComment Parse(TextSpan span, string content, int first, int last)
    {
        var match = Form().Match(content);
        if (!match.Success)
        {
            return new SuppressionComment(span, content, [], "", first, last, "a suppression reads 'mmreview: allow RULE -- reason'");
        }

        var names = match.Groups["names"].Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        var reason = match.Groups["reason"].Value.Trim();
        var problem = names.Length == 0 ? "the suppression names no rule"
            : reason.Length == 0 ? $"the suppression of {string.Join(", ", names)} gives no reason: add '-- reason'"
            : null;
        return new SuppressionComment(span, content, [.. names], reason, first, last, problem);
    }

    // The comment on one line, without its delimiters and the stars that begin its lines.
    private static string ContentOf(string comment)
    {
        var inner = comment.StartsWith("//", StringComparison.Ordinal) ? comment[2..]
            : comment.Length >= 4 && comment.EndsWith("*/", StringComparison.Ordinal) ? comment[2..^2]
            : comment;
        var lines = inner.Split('\n').Select(line => line.Trim().TrimStart('*').Trim()).Where(line => line.Length > 0);
        return string.Join(' ', lines);
    }

    [GeneratedRegex(@"^mmreview:\s*allow(?=\s|$)(?<names>.*?)(?:\s+--(?<reason>.*))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
