using System.Text.RegularExpressions;
using Review.Core.Diagnostics;
using Review.Core.Syntax;

namespace Review.Tests.Rules;

/// <summary>
/// A mark in a fixture: <c>/* want "text" */</c> on a line says that a finding begins there whose message contains the text, <c>want info "text"</c> that its
/// severity is another one than the rule's own. Several texts in one mark are several findings.
/// </summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Severity">The word for the severity.</param>
/// <param name="Text">What the message contains.</param>
internal sealed partial record WantedFinding(int Line, string Severity, string Text)
{
    /// <summary>The marks of a file.</summary>
    public static IEnumerable<WantedFinding> In(TranslationUnit unit, string ownSeverity) =>
        from comment in unit.Comments
        let mark = Mark().Match(comment.Text)
        where mark.Success
        from text in mark.Groups["text"].Captures
        select new WantedFinding(unit.Text.PositionOf(comment.Span.Start).Line, mark.Groups["severity"].Success ? mark.Groups["severity"].Value : ownSeverity, text.Value);

    /// <summary>What differs between marks and findings, one sentence each.</summary>
    public static IEnumerable<string> Compare(IEnumerable<WantedFinding> wanted, IEnumerable<Finding> findings)
    {
        var open = findings.ToList();
        foreach (var want in wanted)
        {
            var match = open.Find(want.Describes);
            if (match is null)
            {
                yield return $"line {want.Line}: no {want.Severity} with \"{want.Text}\"";
            }
            else
            {
                _ = open.Remove(match);
            }
        }

        foreach (var finding in open)
        {
            yield return $"line {finding.Line}: {finding.Severity.Word()} in {finding.Function}() that nobody wants: {finding.Message}";
        }
    }

    private bool Describes(Finding finding) =>
        finding.Line == Line && finding.Severity.Word() == Severity && finding.Message.Contains(Text, StringComparison.Ordinal);

    [GeneratedRegex("""^/\*\s*want(\s+(?<severity>error|warning|info))?(\s+"(?<text>[^"]+)")+\s*\*/$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Mark();
}
