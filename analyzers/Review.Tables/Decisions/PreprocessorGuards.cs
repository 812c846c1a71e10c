using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Tables.Decisions;

/// <summary>Under which conditional directives of its file each place stands, compiled or not.</summary>
public sealed partial class PreprocessorGuards
{
    private readonly List<(int Start, ImmutableArray<string> Conditions)> regions = [(0, [])];

    public PreprocessorGuards(TranslationUnit unit)
    {
        var open = new Stack<string>();
        var text = unit.Text.Bytes;
        foreach (var line in text.Split((byte)'\n'))
        {
            var start = line.Start.GetOffset(text.Length);

            // Few lines have the sign, and most files many lines.
            if (!text[line].Contains((byte)'#'))
            {
                continue;
            }

            var match = Directive().Match(Encoding.UTF8.GetString(text[line].TrimEnd((byte)'\r')));
            if (!match.Success || unit.Comments.Any(comment => comment.Span.Contains(start)))
            {
                continue;
            }

            var condition = Normalize(match.Groups["condition"].Value);
            switch (match.Groups["word"].Value)
            {
                case "if" or "ifdef":
                    open.Push(condition);
                    break;
                case "ifndef":
                    open.Push(Not(condition));
                    break;
                case "elif" when open.TryPop(out _):
                    open.Push(condition);
                    break;
                case "else" when open.TryPop(out var before):
                    open.Push(Not(before));
                    break;
                case "endif":
                    _ = open.TryPop(out _);
                    break;
            }

            regions.Add((start, [.. open.Reverse()]));
        }
    }

    /// <summary>The conditions of the directives around a place, outermost first: <c>CONFIG_KSM</c>, <c>!CONFIG_KSM</c>, or as they are written.</summary>
    public ImmutableArray<string> At(int offset) => regions.FindLast(region => region.Start <= offset).Conditions;

    /// <summary>The conditions of the directives inside a range of the file around a place.</summary>
    public ImmutableArray<string> Within(TextSpan range, int offset) => At(offset).RemoveRange(0, Math.Min(At(range.Start).Length, At(offset).Length));

    private static string Not(string condition) => condition.StartsWith('!') ? condition[1..] : "!" + condition;

    private static string Normalize(string condition)
    {
        var match = OneOption().Match(condition);
        return match.Success ? match.Groups["not"].Value + match.Groups["name"].Value : condition.Trim();
    }

    [GeneratedRegex(@"^\s*#\s*(?<word>if|ifdef|ifndef|elif|else|endif)\b\s*(?<condition>.*?)\s*(/\*.*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Directive();

    [GeneratedRegex(@"^\s*(?<not>!?)\s*(defined|IS_ENABLED)?\s*\(?\s*(?<name>\w+)\s*\)?\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex OneOption();
}
