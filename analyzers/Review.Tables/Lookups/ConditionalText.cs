using System.Text;
using System.Text.RegularExpressions;

namespace Review.Tables.Lookups;

/// <summary>The text of a C file before the preprocessor: what is left of it for each choice of options, with everything at its offset.</summary>
public sealed partial class ConditionalText
{
    private readonly string text;
    private readonly List<Line> lines = [];

    public ConditionalText(string text)
    {
        this.text = text;
        var inComment = false;
        var clean = new StringBuilder(text.Length);
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            var code = WithoutComments(text[start..end], ref inComment);
            _ = clean.Append(code);
            var match = Directive().Match(code);
            lines.Add(new Line(start, end, match.Groups["word"].Value, match.Groups["rest"].Value.Trim()));
            start = end;
        }

        Clean = clean.ToString();
    }

    /// <summary>The text with its comments blanked out.</summary>
    public string Clean { get; }

    /// <summary>The options of the kernel that the conditions around some places ask for, in ordinal order.</summary>
    /// <param name="matters">Tells whether a piece of code has anything to do with the question.</param>
    public IReadOnlyList<string> OptionsAround(Func<string, bool> matters)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<(int Line, SortedSet<string> Options)>();
        for (var i = 0; i < lines.Count; i++)
        {
            switch (lines[i].Word)
            {
                case "if" or "ifdef" or "ifndef":
                    open.Push((i, [.. OptionsIn(lines[i].Rest)]));
                    break;
                case "elif" when open.Count > 0:
                    open.Peek().Options.UnionWith(OptionsIn(lines[i].Rest));
                    break;
                case "endif" when open.TryPop(out var block) && block.Options.Count > 0 && matters(Clean[lines[block.Line].Start..lines[i].End]):
                    found.UnionWith(block.Options);
                    break;
                case "" when Clean.AsSpan(lines[i].Start..lines[i].End).Contains("CONFIG_", StringComparison.Ordinal):
                    found.UnionWith(OptionsIn(Clean[lines[i].Start..lines[i].End]));
                    break;
            }
        }

        return [.. found];
    }

    /// <summary>The code that is compiled: other code, comments and directives are blanks, so that everything keeps its offset.</summary>
    /// <param name="isDefined">Tells whether a name is defined; options that are modules are not distinguished.</param>
    public string Under(Func<string, bool> isDefined)
    {
        var result = new StringBuilder(text.Length);
        var open = new Stack<(bool Outer, bool WasTaken, bool IsTaken)>();
        var isActive = true;
        foreach (var line in lines)
        {
            var isCondition = true;
            switch (line.Word)
            {
                case "if" or "ifdef" or "ifndef":
                    var holds = line.Word switch { "ifdef" => isDefined(FirstWord(line.Rest)), "ifndef" => !isDefined(FirstWord(line.Rest)), _ => Condition.Holds(line.Rest, isDefined) };
                    open.Push((isActive, holds, holds));
                    break;
                case "elif" when open.TryPop(out var before):
                    var next = !before.WasTaken && Condition.Holds(line.Rest, isDefined);
                    open.Push((before.Outer, before.WasTaken || next, next));
                    break;
                case "else" when open.TryPop(out var before):
                    open.Push((before.Outer, true, !before.WasTaken));
                    break;
                case "endif":
                    isActive = !open.TryPop(out var closed) || closed.Outer;
                    break;
                default:
                    isCondition = line.Word.Length > 0;
                    break;
            }

            isActive = open.Count > 0 ? open.Peek().Outer && open.Peek().IsTaken : isActive;
            if (isActive && !isCondition)
            {
                _ = result.Append(Clean, line.Start, line.End - line.Start);
            }
            else
            {
                _ = result.Append(' ', line.End - line.Start - 1).Append('\n');
            }
        }

        return result.ToString();
    }

    /// <summary>The constants that the file defines itself: <c>#define NAME NUMBER</c>.</summary>
    public IEnumerable<(string Name, long Value)> Defines() => lines.Where(static line => line.Word == "define")
        .Select(static line => Constant().Match(line.Rest)).Where(static match => match.Success)
        .Select(static match => (match.Groups["name"].Value, CNumber.Parse(match.Groups["value"].Value) ?? 0));

    private static string FirstWord(string rest) => rest.Split([' ', '\t'], 2)[0];

    private static IEnumerable<string> OptionsIn(string condition) => Option().Matches(condition).Select(static match => match.Value);

    private static string WithoutComments(string line, ref bool inComment)
    {
        var result = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var two = i + 1 < line.Length ? line.AsSpan(i, 2) : default;
            if (inComment)
            {
                inComment = !two.SequenceEqual("*/");
                _ = result.Append(line[i] == '\n' ? '\n' : ' ').Append(inComment ? "" : " ");
                i += inComment ? 0 : 1;
            }
            else if (two.SequenceEqual("/*"))
            {
                inComment = true;
                _ = result.Append("  ");
                i++;
            }
            else if (two.SequenceEqual("//"))
            {
                _ = result.Append(' ', line.TrimEnd('\n').Length - i).Append(line.EndsWith('\n') ? "\n" : "");
                break;
            }
            else if (line[i] is '"' or '\'')
            {
                var end = i + 1;
                while (end < line.Length && line[end] != line[i])
                {
                    end += line[end] == '\\' ? 2 : 1;
                }

                end = Math.Min(end, line.Length - 1);
                _ = result.Append(line, i, end - i + 1);
                i = end;
            }
            else
            {
                _ = result.Append(line[i]);
            }
        }

        return result.ToString();
    }

    [GeneratedRegex(@"^\s*#\s*(?<word>\w+)\b(?<rest>.*)", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Directive();

    [GeneratedRegex(@"\bCONFIG_\w+")]
    private static partial Regex Option();

    [GeneratedRegex(@"^(?<name>\w+)\s+(?<value>\w+)\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Constant();

    private readonly record struct Line(int Start, int End, string Word, string Rest);
}
