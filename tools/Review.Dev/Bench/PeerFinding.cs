using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Review.Dev.Bench;

/// <summary>What a tool says about a line.</summary>
/// <param name="Tool">The tool's name in the table.</param>
/// <param name="File">File inside the tree.</param>
/// <param name="Line">Line from 1.</param>
/// <param name="Message">What it says.</param>
internal sealed partial record PeerFinding(string Tool, string File, int Line, string Message)
{
    /// <summary>The findings in what a tool printed, each once; notes that belong to another line are left out.</summary>
    public static ImmutableArray<PeerFinding> Read(string tool, string root, string output) =>
    [
        .. Report().Matches(output)
            .Where(static match => !match.Groups["message"].Value.StartsWith("note:", StringComparison.Ordinal) && !match.Groups["message"].Value.StartsWith("information:", StringComparison.Ordinal))
            .Select(match => new PeerFinding(tool, Inside(root, match.Groups["file"].Value), int.Parse(match.Groups["line"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), match.Groups["message"].Value.Trim()))
            .Distinct(),
    ];

    private static string Inside(string root, string path) => path.StartsWith(root + "/", StringComparison.Ordinal) ? path[(root.Length + 1)..] : path;

    [GeneratedRegex(@"^(?<file>[^:\s][^:\n]*\.[ch]):(?<line>\d+):(?:[\d-]+:)?[ \t]*(?<message>\S[^\n]*)$", RegexOptions.Multiline)]
    private static partial Regex Report();
}

/// <summary>What somebody who read a peer's findings says of them: tool, file and message, all as patterns, <c>true</c> or <c>false</c>, who read it, why.</summary>
/// <param name="Tool">Pattern for the tool.</param>
/// <param name="File">Pattern for the file.</param>
/// <param name="Message">Pattern for the message.</param>
/// <param name="IsTrue">True if the findings are defects.</param>
/// <param name="Reader">Who says so.</param>
/// <param name="Reason">Why, in one line.</param>
internal sealed record PeerVerdict(string Tool, string File, string Message, bool IsTrue, string Reader, string Reason)
{
    /// <summary>The verdicts of a table; lines that begin with <c>#</c> are comments.</summary>
    public static ImmutableArray<PeerVerdict> ReadAll(string file) =>
    [
        .. System.IO.File.ReadLines(file).Where(static line => line.Length > 0 && line[0] != '#').Select(static line => line.Split('\t'))
            .Select(static fields => new PeerVerdict(fields[0], fields[1], fields[2], bool.Parse(fields[3]), fields[4], fields[5])),
    ];

    /// <summary>The first verdict that is about a finding; null for one that nobody has read.</summary>
    public static PeerVerdict? Of(IEnumerable<PeerVerdict> verdicts, PeerFinding finding) => verdicts.FirstOrDefault(verdict =>
        Matches(verdict.Tool, finding.Tool) && Matches(verdict.File, finding.File) && Matches(verdict.Message, finding.Message));

    private static bool Matches(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);
}
